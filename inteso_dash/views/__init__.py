"""What an address shows: its sentence, its sources, and its figure as plain data."""

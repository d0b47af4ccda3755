"""The table of a profile, drawn by a component."""

"""Page Zusammenhänge: what goes together, and what lies together."""

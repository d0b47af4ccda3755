"""Charts of change over time; the numbers they show stand in a table beside them."""

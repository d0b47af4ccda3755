"""Several divisions of one level: what became of the areas, and figures carried across; pure."""

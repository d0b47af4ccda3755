"""Two divisions of a level laid over each other: what became of the areas, and who lives where."""

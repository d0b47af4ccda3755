"""The page Runder Tisch."""

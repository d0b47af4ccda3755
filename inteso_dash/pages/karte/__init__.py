"""The page Karte."""

"""The page Methoden: how figures are made and judged."""

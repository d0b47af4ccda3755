"""The page Handlungsbedarf."""

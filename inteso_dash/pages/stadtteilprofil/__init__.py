"""The page Stadtteilprofil."""

"""Declared files into the long table."""

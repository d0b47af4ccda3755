"""Sections of the page on accommodation, one module each, and what they share."""

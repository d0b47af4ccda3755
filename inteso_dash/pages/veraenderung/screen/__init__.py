"""Sections of the page on the screen."""

"""Boundaries of a city: recipe, build, check, fetch, and what the browser is sent."""

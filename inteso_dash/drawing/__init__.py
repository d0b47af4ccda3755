"""Figures on the screen and on paper, and the components that the browser draws."""

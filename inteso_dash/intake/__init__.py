"""A delivered file: recognised, checked, taken over."""

"""Areas of one's own: picked on the map, typed, drawn elsewhere, or loaded."""

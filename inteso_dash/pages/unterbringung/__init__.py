"""What the page on accommodation shows, worked out from the city's figures; pure."""

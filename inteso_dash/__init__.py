"""inteso_dash: small-area statistics of a city and the accommodation of refugees."""

"""The page Gebiete finden: areas that fulfil conditions, and areas that are alike."""

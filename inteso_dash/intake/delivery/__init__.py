"""Deliveries: a file from a statistical office becomes a table of the data folder."""

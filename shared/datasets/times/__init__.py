"""Times as people write them, and the series in a table that has them."""

"""A column of times, read as a whole: one order, one zone, one step."""

"""Tables in wide form: a column for each time."""

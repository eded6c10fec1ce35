"""Words as indices, characters, shapes, and vectors."""

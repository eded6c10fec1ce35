"""Video: what moves in frames."""

"""Errors in `comparisons/` and in what its pages show."""

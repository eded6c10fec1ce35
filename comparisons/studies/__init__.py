"""The studies of `compare.py study`, one a module."""

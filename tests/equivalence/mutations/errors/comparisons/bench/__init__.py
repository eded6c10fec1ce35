"""Errors in what is timed, and in how times are shown."""

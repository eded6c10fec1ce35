"""Minimal hand-written loops that our training steps are timed against."""

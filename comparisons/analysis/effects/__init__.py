"""Differences in score with their intervals and what chance they allow for."""

"""Errors in the data, targets, and scores of tasks."""

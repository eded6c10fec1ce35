"""Errors of the PyTorch package, a file for each part."""

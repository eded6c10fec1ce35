"""Errors of the Keras package, a file for each part."""

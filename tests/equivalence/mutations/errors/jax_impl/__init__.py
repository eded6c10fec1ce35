"""Errors in the JAX package."""

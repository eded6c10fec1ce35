"""Simulated pages without a difference, on which every claim is false."""

"""Minimal loops of language models."""

"""Tokenizers of texts: the project's own, NLTK, spaCy, BPE, and files."""

"""Tiny Shakespeare: passages of the plays, 1,115,394 characters.

The file of Karpathy's char-rnn (2015), which nanoGPT uses too.
"""

from shared.files import catalogue
from shared.files.io import read_text

FILE = "charlm/tinyshakespeare.txt"


def fetch(progress: bool = False) -> None:
    catalogue.fetch([FILE], progress)


def load() -> tuple[str, dict[str, str]]:
    """The text, and the file's sha256 by its name."""
    return read_text(catalogue.locate(FILE)), catalogue.hashes([FILE])

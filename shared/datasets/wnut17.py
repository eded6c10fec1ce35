"""WNUT-17: novel and emerging entities in noisy text, six types, BIO.

Derczynski et al. 2017, Results of the WNUT2017 Shared Task on Novel and
Emerging Entity Recognition.
"""

from pathlib import Path

from shared.files import catalogue
from shared.text.columns import read_columns
from shared.text.tagged import Sentence, check_bio

FOLDER = "tagging/wnut17"
PARTS = {
    "train": "wnut17train.conll",
    "validation": "emerging.dev.conll",
    "test": "emerging.test.annotated",
}
"""Part -> its file."""


def fetch(progress: bool = False) -> None:
    catalogue.fetch(catalogue.names_under(FOLDER), progress)


def load() -> tuple[dict[str, list[Sentence]], dict[str, str]]:
    """The published splits, and sha256 by file name.

    Training tweets are old and pure ASCII; validation and test are newer and
    from other sources too: scores are low by design.
    """
    names = {part: f"{FOLDER}/{file}" for part, file in PARTS.items()}
    return catalogue.read_parts(names, read_bio)


def read_bio(path: Path) -> list[Sentence]:
    """The sentences of a file; DataError if a tag is not BIO."""
    sentences = read_columns(path).sentences
    check_bio(path, sentences)
    return sentences

"""Sentences with a tag for each word."""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from shared.errors import DataError

BIO = re.compile(r"O|[BI]-\S+")

DOCUMENT = "-DOCSTART-"
"""How the first line of a document begins in CoNLL-2003."""

SHOWN = 40
"""Characters of a line that a message shows."""


class Sentence(NamedTuple):
    """Words and as many tags."""

    words: list[str]
    tags: list[str]


class Tagged(NamedTuple):
    """The sentences of a file, and notes on how it was read."""

    sentences: list[Sentence]
    notes: tuple[str, ...] = ()


def ends_sentence(line: str) -> bool:
    """Whether a line is blank or the first of a document."""
    stripped = line.strip()
    return not stripped or stripped.startswith(DOCUMENT)


def tagged(
    path: Path,
    sentences: Iterable[Sentence],
    left_out: Mapping[str, int],
    notes: Iterable[str] = (),
) -> Tagged:
    """The sentences that have words; DataError if there are none.

    left_out: what is no word -> how many there are; another note if any.
    """
    found = [sentence for sentence in sentences if sentence.words]
    if not found:
        raise DataError(f"{path} has no sentence")
    parts = [f"{kind} {count:,}" for kind, count in left_out.items() if count]
    left = [f"left out: {', '.join(parts)}"] if parts else []
    return Tagged(found, (*notes, *left))


def check_bio(path: Path, sentences: Iterable[Sentence]) -> None:
    """DataError for the first tag that is not O, B-type or I-type."""
    for count, sentence in enumerate(sentences, 1):
        for word, tag in zip(*sentence, strict=True):
            if not BIO.fullmatch(tag):
                raise DataError(
                    f"{path}, sentence {count}: '{tag}' of '{word}' is not "
                    "O, B-type or I-type"
                )

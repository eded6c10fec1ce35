"""Tagged text in running lines, as the Brown corpus has it: `word/TAG`."""

from itertools import islice
from pathlib import Path

from shared.errors import DataError
from shared.files.io import numbered_lines
from shared.text.tagged import SHOWN, Sentence, Tagged, tagged

HEAD = 100
"""Lines that show how a file is written."""


def is_slashed(path: Path, encoding: str) -> bool:
    """Whether each token of the first lines has a slash within it.

    Columns of a word and a tag have none in the tag.
    """
    lines = (text.split() for _, text in numbered_lines(path, encoding))
    rows = [tokens for tokens in islice(lines, HEAD) if tokens]
    return bool(rows) and all(all(map(_halves, tokens)) for tokens in rows)


def read_slashed(path: Path, encoding: str) -> Tagged:
    """A sentence a line; the tag is after the last slash of a token."""
    sentences = []
    for number, text in numbered_lines(path, encoding):
        pairs = []
        for token in text.split():
            if not (pair := _halves(token)):
                raise DataError(
                    f"{path}, line {number}: {token[:SHOWN]!r} is not word/TAG"
                )
            pairs.append(pair)
        words, tags = [a for a, _ in pairs], [b for _, b in pairs]
        sentences.append(Sentence(words, tags))
    note = "word/TAG: a sentence a line, its words before their last slash"
    return tagged(path, sentences, {}, [note])


def _halves(token: str) -> tuple[str, str] | None:
    word, _, tag = token.rpartition("/")
    return (word, tag) if word and tag else None

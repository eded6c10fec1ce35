"""Word vectors in the text format of GloVe, word2vec, and fastText.

Each line is a word and its numbers; those of word2vec and fastText begin with a
line of two counts (https://fasttext.cc/docs/en/english-vectors.html).
"""

import hashlib
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from shared.errors import DataError
from shared.fields import option
from shared.files import cache
from shared.files.io import numbered_lines
from shared.files.user_file import sha256_of

HEADER = re.compile(r"\d+ \d+")
"""Number of words, and of the numbers of each."""

WIDEST = 1 << 14
"""Numbers of a word: many more than published vectors have."""


@dataclass(frozen=True)
class WordVectorOptions:
    """A file of word vectors; a command pins its content by sha256."""

    embeddings: str = option(
        "",
        "file of word vectors (GloVe, word2vec, fastText text) to start from",
    )
    embeddings_sha256: str = ""


class Found(NamedTuple):
    """Vectors of words.

    rows: (n,) places in the vocabulary; vectors: (n, E) float32;
    recased: how many are those of the word in another case.
    """

    rows: np.ndarray
    vectors: np.ndarray
    recased: int


def width_of(path: Path) -> int:
    """The numbers E of each word, from the first line with a word."""
    return next(_entries(path))[2]


def find_vectors(path: Path, words: Sequence[str]) -> Found:
    """The vectors of a file for these words, read from the cache if there.

    A word that is absent has the first vector of it in another case. DataError
    for a line with another width, or one that is not UTF-8, and if no word is
    in the file.
    """
    digest = hashlib.sha256("\n".join(words).encode()).hexdigest()
    code = hashlib.sha256(Path(__file__).read_bytes()).hexdigest()
    key = [sha256_of(path), digest, code]
    arrays = cache.cached("vectors", key, lambda: _read(path, words))
    if not len(arrays["rows"]):
        raise DataError(
            f"{path} has none of the {len(words):,} words of the training split"
        )
    return Found(arrays["rows"], arrays["vectors"], int(arrays["recased"][0]))


def summarize_vectors(path: Path, found: Found, words: int) -> str:
    share = len(found.rows) / words
    recased = f", {found.recased:,} of them in another case"
    return (
        f"{path.name}: vectors of {len(found.rows):,} of {words:,} words "
        f"({100 * share:.1f} %){recased * (found.recased > 0)}; the others are "
        "random"
    )


def start_from(
    options: WordVectorOptions, words: Sequence[str], first: int
) -> tuple[dict[str, np.ndarray], list[str]]:
    """Arrays of a data set for `pretrained`, and a note; none without a file.

    first: the index of the first word.
    """
    if not options.embeddings:
        return {}, []
    path = Path(options.embeddings)
    found = find_vectors(path, words)
    arrays = {"vector_rows": found.rows + first, "vectors": found.vectors}
    return arrays, [summarize_vectors(path, found, len(words))]


def adapt_width(
    records: Mapping[str, Any], given: Mapping[str, Mapping[str, Any]]
) -> dict[str, dict[str, Any]]:
    """The embedding size that a file of vectors asks for, unless given."""
    name = records["data"].embeddings
    # A record may outlive the file; a run without it says so when it loads.
    if "embedding_size" in given["model"] or not Path(name).is_file():
        return {}
    return {"model": {"embedding_size": width_of(Path(name))}}


def _read(path: Path, words: Sequence[str]) -> dict[str, np.ndarray]:
    """Only vectors of the words are in memory, the first of a repeated one."""
    places = {word: place for place, word in enumerate(words)}
    exact: dict[int, np.ndarray] = {}
    recased: dict[int, np.ndarray] = {}
    for number, word, width, text in _entries(path):
        for found, form in ((exact, word), (recased, word.lower())):
            place = places.get(form)
            if place is not None:
                if place not in found:
                    found[place] = _vector(path, number, text, width)
                break
    for place in exact:
        recased.pop(place, None)
    vectors = exact | recased
    rows = sorted(vectors)
    return {
        "rows": np.array(rows, np.int64),
        "vectors": np.array([vectors[row] for row in rows], np.float32),
        "recased": np.array([len(recased)]),
    }


def _entries(path: Path) -> Iterator[tuple[int, str, int, str]]:
    """Number of each line, its word, its width, and the text of its numbers.

    A word may have blanks within; its numbers are the last of the line.
    """
    width = 0
    for number, line in numbered_lines(path, option=""):
        text = line.strip(" \t").replace("\t", " ")
        if number == 1 and HEADER.fullmatch(text):
            width = int(text.split()[1])
            if not 0 < width <= WIDEST:
                raise DataError(
                    f"{path}, line 1: {width:,} numbers a word, which are not "
                    f"1 to {WIDEST:,}"
                )
            continue
        if not text:
            continue
        if not width:
            width = text.count(" ")
            if not 0 < width <= WIDEST or not _is_number(text.rsplit(" ")[-1]):
                raise DataError(
                    f"{path}, line {number}: {text[:40]!r} is no word and its "
                    "numbers"
                )
        word, *numbers = _split(text, width)
        if not numbers or (" " in word and _is_number(word.rsplit(" ")[-1])):
            count = sum(map(_is_number, text.split(" ")[1:]))
            raise DataError(
                f"{path}, line {number}: numbers after "
                f"{text.split(' ')[0][:40]!r}: {count:,}; the first word has "
                f"{width:,}"
            )
        yield number, word, width, text[len(word) :]


def _split(text: str, width: int) -> list[str]:
    """The word, and its numbers if there are enough."""
    parts = text.rsplit(" ", width)
    return parts if len(parts) > width else [parts[0]]


def _vector(path: Path, number: int, text: str, width: int) -> np.ndarray:
    fields = text.split()
    for field in fields:
        if not _is_number(field):
            raise DataError(
                f"{path}, line {number}: {field[:40]!r} is no finite number"
            )
    if len(fields) != width:
        raise DataError(
            f"{path}, line {number}: numbers: {len(fields):,}; the first word "
            f"has {width:,}"
        )
    return np.array(fields, np.float32)


def _is_number(field: str) -> bool:
    try:
        return math.isfinite(float(field))
    except ValueError:
        return False

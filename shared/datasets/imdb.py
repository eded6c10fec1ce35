"""IMDB film reviews, 25,000 to learn from and 25,000 to test on.

Maas et al. 2011, Learning Word Vectors for Sentiment Analysis.
"""

import hashlib
import lzma
import re
import sys
import tarfile
import zlib
from pathlib import Path
from typing import NamedTuple

import numpy as np

from shared.errors import DataError
from shared.files import cache, catalogue
from shared.files.cache import Arrays, cached
from shared.text import tokens
from shared.text.labelled import LabelledTexts
from shared.text.tokens import Tokens, gather, tokenize

UPSTREAM = "sentiment/imdb/aclImdb_v1.tar.gz"
ARCHIVES = (UPSTREAM, "sentiment/imdb/aclImdb_labelled.tar.xz")
"""What is read, the first that is here; only the upstream one is fetched."""

MEMBER = re.compile(r"(?:\./)?aclImdb/(train|test)/(neg|pos)/(\d+_\d+\.txt)")
LABELS = {"neg": 0, "pos": 1}
PARTS = ("train", "test")

LARGEST = 1 << 20
"""Bytes; the longest review has 14 thousand."""

UNREADABLE = (tarfile.TarError, lzma.LZMAError, zlib.error, EOFError, OSError)


class Review(NamedTuple):
    part: str
    label: str
    file: str
    text: str


def archive() -> str:
    """Name of the catalogued archive that is present or can be downloaded."""
    return catalogue.first_present(ARCHIVES) or UPSTREAM


def fetch(progress: bool = False) -> None:
    catalogue.fetch([archive()], progress)


def load() -> tuple[dict[str, LabelledTexts], str]:
    """The `train` and `test` reviews and the sha256 of their contents.

    Label 1 is positive. Reviews are sorted by file name (`neg` first), whatever
    the order in the archive, so that both archives have the same hash. Parsed
    and tokenized once, then read from the cache.
    """
    name = archive()
    path = catalogue.locate(name)
    # What is read and how it is cut may change with any line of these.
    code = cache.code_of(sys.modules[__name__], tokens)
    key = [catalogue.FILES[name].digest, code]
    arrays = cached("imdb", key, lambda: _arrays(read_archive(path)))
    words = cache.to_strings(arrays["words"], arrays["word_ends"])
    whole = LabelledTexts(
        cache.to_strings(arrays["texts"], arrays["text_ends"]),
        arrays["labels"],
        Tokens(tuple(words), arrays["indices"], arrays["offsets"]),
    )
    parts = {
        part: whole.take(np.flatnonzero(arrays["parts"] == place))
        for place, part in enumerate(PARTS)
    }
    return parts, arrays["sha256"].tobytes().hex()


def read_archive(path: Path) -> list[Review]:
    """The labeled reviews of an archive, sorted; nothing is unpacked.

    Members that are not labeled reviews are ignored. DataError if the archive
    is broken or a split has no reviews.
    """
    found: dict[tuple[str, ...], Review] = {}
    try:
        with tarfile.open(path, "r|*") as stream:
            for member in stream:
                match = MEMBER.fullmatch(member.name)
                if match and member.isfile():
                    part, label, file = match.groups()
                    text = _text(stream, member, path)
                    found[match.groups()] = Review(part, label, file, text)
    except UNREADABLE as error:
        raise DataError(f"{path} is no whole archive ({error})") from error
    reviews = sorted(found.values())
    kinds = {(review.part, review.label) for review in reviews}
    for kind in ((part, label) for part in PARTS for label in LABELS):
        if kind not in kinds:
            raise DataError(f"{path} has no review in aclImdb/{'/'.join(kind)}")
    return reviews


def _text(stream: tarfile.TarFile, member: tarfile.TarInfo, path: Path) -> str:
    """Text of a member; DataError if it is not UTF-8."""
    if member.size > LARGEST:
        raise DataError(f"{path}: {member.name} has {member.size} bytes")
    file = stream.extractfile(member)
    assert file is not None, member.name
    try:
        return file.read().decode("utf-8")
    except UnicodeDecodeError as error:
        raise DataError(
            f"{path}: {member.name} is not UTF-8 ({error.reason} at byte "
            f"{error.start})"
        ) from error


def _arrays(reviews: list[Review]) -> Arrays:
    """All reviews as arrays, and the hash of their names and texts."""
    sums = hashlib.sha256()
    for review in reviews:
        sums.update("\0".join([*review, ""]).encode())
    found = gather(tokenize(review.text) for review in reviews)
    words, word_ends = cache.from_strings(list(found.words))
    texts, text_ends = cache.from_strings([r.text for r in reviews])
    return {
        "words": words,
        "word_ends": word_ends,
        "indices": found.indices,
        "offsets": found.offsets,
        "texts": texts,
        "text_ends": text_ends,
        "parts": np.array([PARTS.index(r.part) for r in reviews], np.int32),
        "labels": np.array([LABELS[r.label] for r in reviews], np.int32),
        "sha256": np.frombuffer(sums.digest(), np.uint8),
    }

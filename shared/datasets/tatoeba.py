"""Pairs of a sentence and its translation: reading and splitting."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple
from zipfile import ZipFile

import numpy as np

from shared.errors import DataError
from shared.files import catalogue, user_file
from shared.files.io import numbered_lines
from shared.files.user_file import UserFile

Pair = tuple[str, str]
"""A sentence and a translation of it."""

TATOEBA = "translate/fra-eng.zip"
INSIDE = "fra.txt"
LICENCE = (
    "licence of the sentences: CC BY 2.0 FR, www.manythings.org/anki and "
    "tatoeba.org"
)

WITH_IDS = {
    "2 and 4 are read; 1 and 3 are": r"\d+\t(.*\D.*)\t\d+\t(.*\D.*)$",
    "2 and 3 are read; 1 holds": r"\d+\t(\d*[^\t\d].*)\t(\d*[^\t\d].*)$",
}
"""A pair as Tatoeba exports it, each sentence after its number, or all of it
after one number: what is read, and the pattern of a line."""

HELD_OUT = 1000
"""Groups of validation, and of test, unless these are a tenth or more."""


class Pairs(NamedTuple):
    """All pairs, sha256 by file name, and notes on their origin.

    groups: the group of each pair; all pairs of a group go to one split. Empty:
        pairs are grouped by their source sentence.
    """

    pairs: list[Pair]
    hashes: Mapping[str, str]
    notes: tuple[str, ...] = ()
    groups: Sequence[str] = ()


def fetch_tatoeba(progress: bool = False) -> None:
    catalogue.fetch([TATOEBA], progress)


def read_tatoeba() -> Pairs:
    with ZipFile(catalogue.locate(TATOEBA)) as archive:
        lines = archive.read(INSIDE).decode("utf-8").splitlines()
    pairs = [_pair(line, TATOEBA, n) for n, line in enumerate(lines, 1)]
    return Pairs(pairs, catalogue.hashes([TATOEBA]), (LICENCE,))


def read_own(options: UserFile) -> Pairs:
    """Tab-separated pairs from a user's file, also with Tatoeba's ids."""
    hashes = user_file.hashes(options)
    lines = [
        (number, line)
        for number, line in numbered_lines(Path(options.data), options.encoding)
        if line.strip()
    ]
    if not lines:
        raise DataError(f"{options.data} has no pairs")
    notes: tuple[str, ...] = ()
    for columns, pattern in WITH_IDS.items():
        if all(re.match(pattern, line) for _, line in lines):
            lines = [(n, re.sub(pattern, r"\1\t\2", s)) for n, s in lines]
            notes = (f"columns {columns} numbers",)
            break
    pairs = [_pair(line, options.data, number) for number, line in lines]
    return Pairs(pairs, hashes, notes)


def _pair(line: str, file: str, number: int) -> Pair:
    """The first two columns of a line; DataError if there is only one."""
    columns = [column.strip() for column in line.split("\t")]
    if len(columns) < 2 or not all(columns[:2]):
        raise DataError(
            f"{file}, line {number}: a sentence, a tab and its translation "
            f"are needed, not {line[:40]!r}"
        )
    return columns[0], columns[1]


def parts_of(groups: Sequence[Any], seed: int) -> np.ndarray:
    """0, 1 or 2 for training, validation or test: (N,).

    Distinct groups are assigned, so that all pairs of a group share a split.
    """
    distinct = sorted(set(groups))
    order = np.random.default_rng([seed, 4]).permutation(len(distinct))
    held = min(HELD_OUT, len(distinct) // 10)
    part = np.zeros(len(distinct), np.int64)
    part[order[:held]], part[order[held : 2 * held]] = 1, 2
    found = dict(zip(distinct, part.tolist(), strict=True))
    return np.array([found[group] for group in groups])

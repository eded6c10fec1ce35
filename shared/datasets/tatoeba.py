"""Pairs of a sentence and its translation: reading and splitting."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple
from zipfile import ZipFile

import numpy as np

from shared.files import catalogue, user_file
from shared.files.user_file import UserFile
from shared.text.pairs import Pair, pair_of, read_pairs

TATOEBA = "translate/fra-eng.zip"
INSIDE = "fra.txt"
LICENCE = (
    "licence of the sentences: CC BY 2.0 FR, www.manythings.org/anki and "
    "tatoeba.org"
)

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
    pairs = [pair_of(Path(TATOEBA), n, s) for n, s in enumerate(lines, 1)]
    return Pairs(pairs, catalogue.hashes([TATOEBA]), (LICENCE,))


def read_own(options: UserFile) -> Pairs:
    """Pairs of a user's file: lines with a tab, or a table."""
    hashes = user_file.hashes(options)
    pairs, notes = read_pairs(Path(options.data), options.encoding)
    return Pairs(pairs, hashes, tuple(notes))


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

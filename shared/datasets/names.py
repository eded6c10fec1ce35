"""Surnames of 18 languages: reading, and a split that does not leak."""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TypeVar

import numpy as np

from shared.errors import DataError

Line = tuple[str, str]
"""A name and its language."""

PARTS = ("train", "validation", "test")
SHARES = (0.1, 0.1)
"""Of validation and test; the rest is for training."""

Item = TypeVar("Item", str, int)


def read_names(paths: Iterable[Path]) -> list[Line]:
    """All lines of files named after their language, NFC-normalised."""
    lines = []
    for path in sorted(paths):
        text = unicodedata.normalize("NFC", path.read_text(encoding="utf-8"))
        names = [name.strip() for name in text.splitlines()]
        lines += [(name, path.stem) for name in names if name]
    return lines


def split_by_name(lines: list[Line], seed: int) -> dict[str, list[Line]]:
    """The lines of each part: 80, 10 and 10 % of the distinct names.

    All lines of one name stand in one part, also where languages share
    it. Each language is cut by these shares; a name of several languages
    is cut with the rarest of them.
    """
    part_of = _deal(_strata(lines), seed)
    return {
        part: [line for line in lines if part_of[line[0]] == part]
        for part in PARTS
    }


def split_by_line(lines: list[Line], seed: int) -> dict[str, list[Line]]:
    """The lines of each part: 80, 10 and 10 % of each language's lines.

    A name that has several lines may stand in several parts, so scores
    are higher than those for names never seen.
    """
    strata = defaultdict(list)
    for row, (_, language) in enumerate(lines):
        strata[language].append(row)
    part_of = _deal(strata, seed)
    return {
        part: [line for i, line in enumerate(lines) if part_of[i] == part]
        for part in PARTS
    }


SPLITS = {"name": split_by_name, "line": split_by_line}


def _deal(strata: Mapping[str, list[Item]], seed: int) -> dict[Item, str]:
    """Item -> part, each stratum shuffled and cut by the shares."""
    rng = np.random.default_rng([seed, 4])
    part_of: dict[Item, str] = {}
    for language, items in sorted(strata.items()):
        counts: list[int] = [round(share * len(items)) for share in SHARES]
        if 0 in counts:
            raise DataError(
                f"{language} has {len(items)} names, too few to be split "
                "into training, validation and test"
            )
        first = len(items) - sum(counts)
        cuts = np.cumsum([first, *counts[:-1]])
        order = rng.permutation(len(items))
        for part, rows in zip(PARTS, np.split(order, cuts), strict=True):
            part_of.update({items[row]: part for row in rows})
    return part_of


def _strata(lines: list[Line]) -> dict[str, list[str]]:
    """Language -> the distinct names that are cut with it, sorted."""
    sizes = Counter(language for _, language in lines)
    languages: dict[str, set[str]] = defaultdict(set)
    for name, language in lines:
        languages[name].add(language)
    strata = defaultdict(list)
    for name, found in sorted(languages.items()):
        rarest = min(found, key=lambda language: (sizes[language], language))
        strata[rarest].append(name)
    return strata

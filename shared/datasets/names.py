"""Surnames of 18 languages: reading, and how they are split."""

import unicodedata
from collections.abc import Iterable
from pathlib import Path

from shared.files import catalogue
from shared.text.splits import split_rows, split_texts

Line = tuple[str, str]
"""A name and its language."""


def fetch(progress: bool) -> None:
    catalogue.fetch(catalogue.names_under("names"), progress)


def read_names(paths: Iterable[Path]) -> list[Line]:
    """All lines of files named after their language, NFC-normalized."""
    lines = []
    for path in sorted(paths):
        text = unicodedata.normalize("NFC", path.read_text(encoding="utf-8"))
        names = [name.strip() for name in text.splitlines()]
        lines += [(name, path.stem) for name in names if name]
    return lines


def split_by_name(lines: list[Line], seed: int) -> dict[str, list[Line]]:
    names, languages = zip(*lines, strict=True)
    return _taken(lines, split_texts(names, languages, seed))


def split_by_line(lines: list[Line], seed: int) -> dict[str, list[Line]]:
    return _taken(lines, split_rows([label for _, label in lines], seed))


SPLITS = {"name": split_by_name, "line": split_by_line}


def _taken(
    lines: list[Line], rows: dict[str, list[int]]
) -> dict[str, list[Line]]:
    return {part: [lines[row] for row in own] for part, own in rows.items()}

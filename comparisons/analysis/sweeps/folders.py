"""The folders of a sweep, in the order of their numbers."""

import re
from collections.abc import Iterable
from pathlib import Path

from comparisons.records.files import folders_of_records, records_file

NUMBER = re.compile(r"(-?\d+(?:\.\d+)?(?:e-?\d+)?)")


def in_order(names: Iterable[str]) -> list[str]:
    """Names by the numbers in them, where they have some: lag=5 before 10."""

    def key(name: str) -> list[tuple[bool, float, str]]:
        parts = NUMBER.split(name)
        return [
            (number, float(part) if number else 0.0, part)
            for place, part in enumerate(parts)
            for number in [place % 2 == 1]
        ]

    return sorted(names, key=key)


def settings_of(name: str) -> dict[str, str]:
    """Option -> value, of a folder of a sweep; {"": ""} of any other."""
    pairs = [pair.partition("=") for pair in name.split(",")]
    if not all(sign for _, sign, _ in pairs):
        return {"": ""}
    return {option: value for option, _, value in pairs}


def comparisons_in(folder: Path) -> list[Path]:
    """The folders of the comparisons of a sweep, or the folder itself."""
    if records_file(folder).exists():
        return [folder]
    found = {path.name: path for path in folders_of_records(folder, "*=*")}
    return [found[name] for name in in_order(found)] or [folder]

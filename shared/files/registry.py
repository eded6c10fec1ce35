"""What a catalogued data file is."""

from __future__ import annotations

from typing import NamedTuple


class DataFile(NamedTuple):
    """A file of fixed content and its URL.

    md5 replaces sha256 where the publisher gives only that.
    """

    url: str
    sha256: str
    md5: str = ""

    @property
    def algorithm(self) -> str:
        return "sha256" if self.sha256 else "md5"

    @property
    def digest(self) -> str:
        return self.sha256 or self.md5


def rows(folder: str, source: str, table: str) -> dict[str, DataFile]:
    """Path in the data folder -> file, from pairs of sha256 and name."""
    entries = table.split()
    return {
        f"{folder}/{name}": DataFile(f"{source}/{name}", sha256)
        for sha256, name in zip(entries[::2], entries[1::2], strict=True)
    }

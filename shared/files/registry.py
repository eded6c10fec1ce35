"""The catalogued data files, as `registry.txt` lists them."""

from pathlib import Path
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


def read_registry() -> dict[str, DataFile]:
    """Path in the data folder -> file, of all data sets."""
    text = Path(__file__).with_suffix(".txt").read_text(encoding="utf-8")
    files = {}
    for line in text.splitlines():
        if not line.startswith("#"):
            name, digest, url = line.split()
            sha256, _, md5 = digest.partition("md5:")
            files[name] = DataFile(url, sha256, md5)
    return files

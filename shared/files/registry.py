"""The catalogued data files, as `registry.txt` lists them."""

import re
from pathlib import Path
from typing import NamedTuple

LICENSE = re.compile(r"(.*?)\.? License: (.+?)\.(?=\s|$)")
"""What a comment says of the files below it: their source and license."""


class DataFile(NamedTuple):
    """A file of fixed content and its URL.

    md5 replaces sha256 where the publisher gives only that.
    """

    url: str
    sha256: str
    md5: str = ""
    source: str = ""
    license: str = ""

    @property
    def algorithm(self) -> str:
        return "sha256" if self.sha256 else "md5"

    @property
    def digest(self) -> str:
        return self.sha256 or self.md5


def read_registry() -> dict[str, DataFile]:
    """Path in the data folder -> file, of all data sets."""
    text = Path(__file__).with_suffix(".txt").read_text(encoding="utf-8")
    files, comment, terms = {}, "", ("", "")
    for line in text.splitlines():
        if line.startswith("#"):
            # An empty one ends what is said of the whole list.
            comment = f"{comment} {line[2:]}".strip() if line[1:] else ""
            continue
        if comment and (found := LICENSE.match(comment)):
            comment, terms = "", (found[1], found[2])
        name, digest, url = line.split()
        sha256, _, md5 = digest.partition("md5:")
        files[name] = DataFile(url, sha256, md5, *terms)
    return files

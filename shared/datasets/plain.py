"""A text file, plain or compressed, as one string."""

from __future__ import annotations

from pathlib import Path

from shared.datasets.content import numbered_lines


def read_text(path: Path, encoding: str = "utf-8") -> str:
    r"""All of a file's text; each line ends in \n, the last one too."""
    return "".join(f"{line}\n" for _, line in numbered_lines(path, encoding))

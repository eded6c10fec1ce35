"""Where the scores of test examples are, next to the records."""

from pathlib import Path

EXAMPLES = "scores"
"""Folder in that of a comparison; a run's file is named by its key."""


def examples_file(folder: Path, key: str) -> Path:
    return folder / EXAMPLES / f"{key}.npz"

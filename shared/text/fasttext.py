"""Lines of fastText: __label__good and the text, in any order."""

import re
from collections.abc import Iterator
from pathlib import Path

from shared.errors import DataError
from shared.files.compressed import content_name
from shared.files.io import numbered_lines

LABEL = re.compile(r"(?:^|\s)__label__([^\s,]+)(?=[\s,]|$)")
SEPARATOR = re.compile(r"^\s*,?\s*")

TABLES = {".parquet", ".json", ".jsonl", ".ndjson"}
"""Endings of files that are never such lines."""


def is_fasttext(path: Path, encoding: str) -> bool:
    """Whether the first line of text has a label of fastText at an end."""
    if Path(content_name(path)).suffix.lower() in TABLES:
        return False
    for _, line in numbered_lines(path, encoding):
        if text := line.strip():
            found = list(LABEL.finditer(text))
            ends = found and (found[0].start(), len(text) - found[-1].end())
            return bool(ends) and 0 in ends
    return False


def read_fasttext(path: Path, encoding: str) -> Iterator[tuple[str, list[str]]]:
    """Where each line is, its text and its label.

    DataError for a line without a label, or with several.
    """
    for number, line in numbered_lines(path, encoding):
        if not line.strip():
            continue
        labels = LABEL.findall(line)
        if len(labels) != 1:
            count = f"{len(labels)} labels" if labels else "no __label__"
            raise DataError(
                f"{path}, line {number}: {count} in {line[:40]!r}; one is "
                "needed"
            )
        text = SEPARATOR.sub("", LABEL.sub("", line))
        yield f"line {number}", [text, labels[0]]

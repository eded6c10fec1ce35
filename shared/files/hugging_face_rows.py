"""Rows of a data set of Hugging Face, written as a file that a task reads."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from shared.errors import DataError


def write_table(address: str, rows: Any, path: Path) -> None:
    """All columns, classes by their names."""
    named(rows).to_parquet(str(path))


def write_lines(address: str, rows: Any, path: Path) -> None:
    """A line of JSON for each row, for sentences with tags and for pairs."""
    with path.open("w", encoding="utf-8") as stream:
        for row in named(rows):
            stream.write(json.dumps(row, ensure_ascii=False, default=str))
            stream.write("\n")


def write_text(address: str, rows: Any, path: Path) -> None:
    """The column of texts, a line end after each."""
    texts = [n for n, f in rows.features.items() if is_text(f)]
    column = "text" if "text" in texts else (texts or [""])[0]
    if not column or (len(texts) > 1 and column != "text"):
        raise DataError(
            f"'{address}' has no column 'text'; its columns: "
            f"{', '.join(rows.column_names)}"
        )
    with path.open("w", encoding="utf-8") as stream:
        for text in rows[column]:
            stream.write((text or "").rstrip("\n") + "\n")


def is_text(feature: Any) -> bool:
    return getattr(feature, "dtype", "") in ("string", "large_string")


def named(rows: Any) -> Any:
    """The rows with the names of classes, not their numbers.

    A column of several fields, such as a sentence in two languages, becomes a
    column of each.
    """
    rows = rows.flatten()
    short = {name: name.rpartition(".")[2] for name in rows.column_names}
    if len(set(short.values())) == len(short):
        rows = rows.rename_columns(short)
    names = {n: names_of(f) for n, f in rows.features.items()}
    for column, classes in names.items():
        if classes is not None:
            rows = rows.map(
                renamed,
                fn_kwargs={"column": column, "classes": classes},
                features=as_strings(rows.features, column),
            )
    return rows


def names_of(feature: Any) -> list[str] | None:
    """The classes of a column of labels, or of a list of them, else None."""
    inner = getattr(feature, "feature", feature)
    found: list[str] | None = getattr(inner, "names", None)
    return found


def as_strings(features: Any, column: str) -> Any:
    """The features with a column of strings, or of lists of them."""
    from datasets import Features, List, Value

    inner = getattr(features[column], "feature", None)
    kind = Value("string") if inner is None else List(Value("string"))
    return Features({**features, column: kind})


def renamed(
    row: Mapping[str, Any], column: str, classes: list[str]
) -> dict[str, Any]:
    """The names of a label or of a list of them; -1 is a label not given."""
    value = row[column]
    if isinstance(value, list):
        return {column: [classes[number] for number in value]}
    given = value is not None and value >= 0
    return {column: classes[value] if given else None}


WRITERS: dict[str, Callable[[str, Any, Path], None]] = {
    ".parquet": write_table,
    ".jsonl": write_lines,
    ".txt": write_text,
}
"""Ending -> what writes such a file: address, rows, path."""

"""Columns of a table in a file: CSV, TSV, JSON lines or Parquet."""

import csv
import json
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from shared.errors import DataError, unknown
from shared.files.io import numbered_lines
from shared.files.limits import check_parquet

Row = tuple[str, list[str]]
"""Where a row is, in words, and its values; "" for an absent one."""

LARGEST = 1 << 27
"""Characters of a field."""


def read_rows(
    path: Path, columns: Sequence[str], encoding: str
) -> Iterator[Row]:
    """The rows of these columns; DataError in one line for a bad file.

    Rows are counted as an editor counts lines; a row of several lines has the
    number of its first line.
    """
    suffixes = path.suffixes[-2:] if path.suffix == ".gz" else [path.suffix]
    ending = "".join(suffixes).lower()
    if ending not in READERS:
        raise DataError(f"{path}: {unknown('ending', ending, READERS)}")
    return READERS[ending](path, columns, encoding)


def _delimited(
    delimiter: str, path: Path, columns: Sequence[str], encoding: str
) -> Iterator[Row]:
    """Delimited fields, column names in the first row."""
    csv.field_size_limit(LARGEST)
    lines = (f"{line}\n" for _, line in numbered_lines(path, encoding))
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    names: list[str] = []
    begin = 1
    try:
        for fields in reader:
            place, begin = f"line {begin}", reader.line_num + 1
            if not names:
                names = fields
                check_columns(path, place, names, columns)
            elif fields:
                if len(fields) != len(names):
                    raise DataError(
                        f"{path}, {place}: a row of length {len(fields)} "
                        f"under {len(names)} columns"
                    )
                yield place, [fields[names.index(name)] for name in columns]
    except csv.Error as error:
        raise DataError(f"{path}, line {begin}: {error}") from error


def _json_lines(
    path: Path, columns: Sequence[str], encoding: str
) -> Iterator[Row]:
    for number, line in numbered_lines(path, encoding):
        if not line.strip():
            continue
        place = f"line {number}"
        try:
            found = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise DataError(
                f"{path}, {place}: '{line[:40]}' is no JSON ({error})"
            ) from error
        if not isinstance(found, dict):
            raise DataError(f"{path}, {place}: '{line[:40]}' is no JSON object")
        check_columns(path, place, list(found), columns)
        for name in columns:
            if isinstance(found[name], list | dict):
                raise DataError(
                    f"{path}, {place}: column '{name}' holds no text"
                )
        yield place, [_as_text(found[name]) for name in columns]


def _parquet(
    path: Path, columns: Sequence[str], encoding: str
) -> Iterator[Row]:
    """Records of a Parquet file, whose text is always UTF-8."""
    # Imported late: only who brings such a file pays for it.
    import pyarrow
    from pyarrow import parquet

    try:
        file = parquet.ParquetFile(path)
        check_parquet(path, file.metadata)
        check_columns(path, "schema", file.schema_arrow.names, columns)
        table = file.read(columns=list(columns))
        texts = [table[n].cast(pyarrow.string()).to_pylist() for n in columns]
    except (pyarrow.ArrowException, OSError, UnicodeDecodeError) as error:
        said = str(error).partition("\n")[0]
        raise DataError(f"{path} cannot be read as Parquet: {said}") from error
    for number, values in enumerate(zip(*texts, strict=True), 1):
        yield f"record {number}", [value or "" for value in values]


def check_columns(
    path: Path, place: str, names: Sequence[str], columns: Sequence[str]
) -> None:
    """DataError for a column that is absent or duplicated."""
    for name in columns:
        if names.count(name) == 1:
            continue
        fault = unknown("column", name, names)
        if name in names:
            fault = f"{names.count(name)} columns are called '{name}'"
        raise DataError(
            f"{path}, {place}: {fault} (flags ending in -column say which)"
        )


def _as_text(value: Any) -> str:
    """A JSON value as text: null is None, other values are serialized."""
    if isinstance(value, str):
        return value
    return "" if value is None else json.dumps(value)


Reader = Callable[[Path, Sequence[str], str], Iterator[Row]]
"""Path, columns and encoding -> rows."""

TEXTS: dict[str, Reader] = {
    ".csv": partial(_delimited, ","),
    ".tsv": partial(_delimited, "\t"),
    ".json": _json_lines,
    ".jsonl": _json_lines,
    ".ndjson": _json_lines,
}
READERS: dict[str, Reader] = {
    **TEXTS,
    **{f"{ending}.gz": reader for ending, reader in TEXTS.items()},
    ".parquet": _parquet,
}
"""Ending of a file's name -> what reads it."""

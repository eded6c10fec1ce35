"""Records of a JSON file: an object a line, or one document."""

import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice, zip_longest
from pathlib import Path
from typing import Any

from shared.errors import DataError
from shared.files.io import read_text
from shared.files.tables.columns import check_columns
from shared.files.tables.dialect import table_lines
from shared.files.tables.format import TableFormat

INDEX = "index"
"""The column of the labels that pandas gives rows."""

COUNTED = 9
"""Digits of Unix seconds; the number of a row has fewer."""

KNOWN = (
    "objects in an array or on a line each are read, and what pandas writes as "
    "columns, index, split or table"
)

Record = tuple[str, dict[str, Any]]
"""Where a record is, in words, and its fields."""


def read_json(
    path: Path, columns: Sequence[str], form: TableFormat
) -> Iterator[tuple[str, list[str]]]:
    """Values as text; an absent one is empty, other values are as in JSON."""
    names: list[str] = []
    chosen: list[str] = []
    for place, record in flat_records(path, form.encoding):
        if list(record) != names or not names:
            names = list(record)
            found = check_columns(path, place, names, columns)
            chosen = [names[column] for column in found]
        values = [record[name] for name in chosen]
        for name, value in zip(columns, values, strict=True):
            if isinstance(value, list):
                raise DataError(
                    f"{path}, {place}: column '{name}' holds no text"
                )
        yield place, [_as_text(value) for value in values]


def names_of(path: Path, form: TableFormat) -> list[str]:
    """The fields of all records, in the order of appearance."""
    found: dict[str, None] = {}
    for _, record in flat_records(path, form.encoding):
        found.update(dict.fromkeys(record))
    return list(found)


def flat_records(path: Path, encoding: str) -> Iterator[Record]:
    """The records with the fields of their objects as fields: `a.b`."""
    for place, record in records(path, encoding):
        while any(isinstance(value, dict) for value in record.values()):
            record = dict(chain.from_iterable(map(_flat, record.items())))
        yield place, record


def _flat(field: tuple[str, Any]) -> Iterable[tuple[str, Any]]:
    name, value = field
    if not isinstance(value, dict):
        return [field]
    return [(f"{name}.{key}", inner) for key, inner in value.items()]


def records(path: Path, encoding: str) -> Iterator[Record]:
    """Those of JSON lines, of an array, or of columns as pandas writes them."""
    lines = ((n, s) for n, s in table_lines(path, encoding) if s.strip())
    head = list(islice(lines, 2))
    if not head or _is_object(head[0][1], alone=len(head) == 1):
        for number, line in chain(head, lines):
            place = f"line {number}"
            yield place, _object(path, place, _decoded(path, place, line))
        return
    found = _decoded(path, "", read_text(path, encoding))
    for number, record in enumerate(_rows(path, found), 1):
        place = f"record {number}"
        yield place, _object(path, place, record)


def _is_object(line: str, alone: bool) -> bool:
    """Whether a line is a record, or at least none of a document."""
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        return line.strip()[:1] not in ("[", "{") or line.strip()[-1:] == "}"
    if not alone:
        return True
    if not isinstance(found, dict) or isinstance(found.get("data"), list):
        return False
    if any(map(_of_objects, found.values())):
        return False
    kinds = {type(value) for value in found.values()}
    return kinds not in ({list}, {dict})


def _rows(path: Path, found: Any) -> Iterable[Any]:
    """The records of a document; DataError if it is no table."""
    if isinstance(found, dict):
        columns, rows = found.get("columns"), found.get("data")
        objects = [own for own in found.values() if _of_objects(own)]
        tables: list[Any] = [rows] if _of_objects(rows) else objects
        if len(tables) == 1:
            return tables[0]
        kinds = {type(value) for value in found.values()}
        if isinstance(rows, list) and isinstance(columns, list):
            keys = found.get("index") or list(range(len(rows)))
            found = _indexed(
                keys, [dict(zip(columns, row, strict=False)) for row in rows]
            )
        elif kinds == {dict}:
            found = _nested(found)
        elif kinds == {list}:
            values = zip_longest(*found.values())
            found = [dict(zip(found, row, strict=True)) for row in values]
    if not isinstance(found, list):
        raise DataError(f"{path} holds no array of JSON objects")
    return found


def _of_objects(value: Any) -> bool:
    """Whether a value is an array of objects alone."""
    return isinstance(value, list) and {type(row) for row in value} == {dict}


def _nested(found: dict[str, dict[str, Any]]) -> list[dict[str, Any]]:
    """The records of columns by row, or, of more rows than that, of rows."""
    keys = dict.fromkeys(chain.from_iterable(found.values()))
    if len(found) > len(keys):
        rows = [{key: row.get(key) for key in keys} for row in found.values()]
        return _indexed(list(found), rows)
    rows = [{name: own.get(key) for name, own in found.items()} for key in keys]
    return _indexed(list(keys), rows)


def _indexed(
    keys: list[Any], rows: list[dict[str, Any]]
) -> list[dict[str, Any]]:
    """The records with the labels of their rows, unless these are numbers."""
    counts = [str(key) for key in keys if len(str(key)) < COUNTED]
    if len(counts) == len(keys) and all(map(str.isdecimal, counts)):
        return rows
    return [{INDEX: key, **row} for key, row in zip(keys, rows, strict=False)]


def _decoded(path: Path, place: str, text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        number = getattr(error, "lineno", 1)
        shown = text.split("\n")[number - 1]
        raise DataError(
            f"{path}, {place or f'line {number}'}: '{shown[:40]}' is no JSON "
            f"({error})"
        ) from error


def _object(path: Path, place: str, found: Any) -> dict[str, Any]:
    if isinstance(found, dict):
        return found
    shown = json.dumps(found)[:40]
    raise DataError(f"{path}, {place}: '{shown}' is no JSON object; {KNOWN}")


def _as_text(value: Any) -> str:
    if isinstance(value, str):
        return value
    missing = value is None or value != value
    return "" if missing else json.dumps(value)

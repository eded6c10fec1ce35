"""Labeled anomalies of a series: windows in a file, or a column of marks."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from shared.datasets.times.formats import AUTO
from shared.datasets.times.readings import Column
from shared.datasets.times.recognize import recognize
from shared.datasets.times.table import Series
from shared.errors import DataError, unknown
from shared.files.compressed import content_name
from shared.files.io import read_text
from shared.files.tables.format import TableFormat
from shared.files.tables.reading import read_rows

ANOMALOUS = {"1", "1.0", "true", "yes", "anomaly", "anomalous"}
NORMAL = {"0", "0.0", "false", "no", "normal"}
"""What a column of marks may hold, in lower case; a blank is normal."""

ENDS = ("start", "end")
"""Columns, or keys, of the first and of the last time of a window."""

Window = tuple[str, str, str]
"""Its first and its last time as they are written, and where it is."""


def marks_of(
    path: Path, name: str, places: Sequence[str], texts: Sequence[str]
) -> np.ndarray:
    """1.0 for each anomalous row, else 0.0: (n,)."""
    marks = np.zeros(len(texts))
    for row, text in enumerate(texts):
        plain = text.strip().lower()
        marks[row] = plain in ANOMALOUS
        if plain and plain not in ANOMALOUS | NORMAL:
            raise DataError(
                f"{path}, {places[row]}: '{text.strip()[:40]}' in column "
                f"'{name}' is neither 1 (anomaly) nor 0"
            )
    return marks


def numbered(marks: np.ndarray) -> np.ndarray:
    """The number from 1 of each row's run of marks, 0 without one: (n,)."""
    begins = np.diff(marks > 0, prepend=False) & (marks > 0)
    return np.where(marks > 0, np.cumsum(begins), 0).astype(np.int32)


def in_windows(
    series: Series, windows: Sequence[Window], path: Path, words: str = AUTO
) -> np.ndarray:
    """For each row the number of its window from 1, 0 for none: (n,).

    path: the file of the windows; words: how times are written. DataError if
    a window ends before it begins, or if none has a row.
    """
    ticks, labels = series.ticks, np.zeros(len(series.times), np.int32)
    if ticks.dtype.kind != "M" and "%" not in words:
        words = "numbers"
    texts = [text for window in windows for text in window[:2]]
    places = [window[2] for window in windows for _ in ENDS]
    if not windows:
        return labels
    ends = recognize(Column(path, "windows", texts, places), words).ticks
    for number, (first, last) in enumerate(ends.reshape(-1, 2), 1):
        if last < first:
            one = windows[number - 1]
            raise DataError(
                f"{path}, {one[2]}: the window from '{one[0]}' to '{one[1]}' "
                "ends before it begins"
            )
        labels[(ticks >= first) & (ticks <= last)] = number
    if not labels.any():
        raise DataError(
            f"{path}: none of {len(windows)} windows has a row of the series, "
            f"which is from {series.times[0]} to {series.times[-1]}"
        )
    return labels


def read_windows(path: Path, data: Path) -> list[Window]:
    """The windows of the series in the file `data`.

    JSON: pairs of times, single times, or, of several series, an object of
    such lists by the path of each, as the Numenta Anomaly Benchmark has it.
    Else a table with the columns of ENDS.
    """
    if Path(content_name(path)).suffix.lower() == ".json":
        found = _decoded(path)
        if isinstance(found, Mapping) and not set(ENDS) <= found.keys():
            key = _key(path, data, list(found))
            return [_window(path, one, f"'{key}'") for one in found[key]]
        if isinstance(found, list):
            return [
                _window(path, one, f"window {number}")
                for number, one in enumerate(found, 1)
            ]
    rows = read_rows(path, ENDS, TableFormat())
    return [(first, last, place) for place, (first, last) in rows]


def _decoded(path: Path) -> Any:
    try:
        return json.loads(read_text(path))
    except (ValueError, RecursionError) as error:
        raise DataError(f"{path} is no JSON ({error})") from error


def _key(path: Path, data: Path, keys: list[str]) -> str:
    """The key that ends the path of a file, else the one of its name."""
    name = content_name(data)
    whole = data.with_name(name).as_posix()
    found = [key for key in keys if f"/{whole}".endswith(f"/{key}")]
    found = found or [key for key in keys if Path(key).name == name]
    if len(found) != 1:
        raise DataError(f"{path}: {unknown('series', name, keys)}")
    return found[0]


def _window(path: Path, one: Any, place: str) -> Window:
    """A pair of times, an object of such, or one time."""
    if isinstance(one, Mapping):
        one = [one.get(name) for name in ENDS]
    ends = one if isinstance(one, list) else [one, one]
    if len(ends) != 2 or not all(
        isinstance(e, str | int | float) for e in ends
    ):
        raise DataError(
            f"{path}, {place}: '{json.dumps(one)[:40]}' is no window; it is "
            "two times, its first and its last"
        )
    return str(ends[0]), str(ends[1]), place

"""Which columns of a table hold its times, and how several are one."""

import re
from collections.abc import Sequence
from pathlib import Path

from shared.errors import DataError, unknown
from shared.files.compressed import content_name
from shared.files.tables.columns import one_column, positions

NO_TIME: tuple[str, ...] = ()
"""The columns of a table without times."""

TIME, TARGET = "time", "value"
"""Columns of the times and of the values by default."""

TIMES = {
    *("timestamp", "datetime", "date", "ds", "index", "__index_level_0__"),
    *("datum", "zeit", "zeitstempel", "fecha"),
}
"""Other usual names of a column of times."""

VALUES = {"y", "values", "target", "wert", "valor", "valeur"}
"""Other usual names of the column of the values."""

DATED = re.compile(
    r"(?:^|[_\s])(?:date|time|timestamp|datetime)(?:$|[_\s])", re.I
)
"""Names of a column of times, where only one column has such a name."""

NAMED = (".json", ".jsonl", ".ndjson", ".parquet")
"""Endings of files that always name their columns."""

PARTS = {
    "year": r"years?|yr|yyyy",
    "month": r"months?|mon|mnth|mo",
    "day": r"days?|dy|mday|dom",
    "quarter": r"quarter|qtr|q",
    "week": r"week|wk",
    "hour": r"hours?|hr",
    "minute": r"minutes?|min",
    "second": r"seconds?|sec",
}
"""Part of a time -> the names of columns that hold it alone."""

VALUE = re.compile(r"[-+]?\d+[-+.,:/]\d[-+.,:/\d\sTZ]*")
"""A number or a time, which is no name of a column."""

CLOCKS = re.compile(r"time|clock|uhrzeit|zeit|heure|hora|hours?|hr", re.I)
"""Names of columns that hold the time of a day."""


def time_columns(
    path: Path, option: str, names: Sequence[str]
) -> tuple[str, ...]:
    """The columns that an option names; DataError if one is absent."""
    if option in names:
        return (option,)
    if option.lower() == "none":
        return NO_TIME
    for name in (parts := parts_of(option)):
        if positions(names, [name]) is None:
            advice = "names that of the times"
            if "year" in map(part_of, names):
                advice = f"'{','.join(calendar_columns(names))}' joins several"
            ending = Path(content_name(path)).suffix.lower()
            headless = ending not in NAMED and any(map(VALUE.fullmatch, names))
            header = "; --header none reads a file without a header"
            joined = one_column(names) if ending not in NAMED else ""
            raise DataError(
                f"{path}: {unknown('column', name, names)} (--time-column "
                f"{advice}; --time-column none takes the rows as equal steps"
                f"{header * headless}){joined}"
            )
    return tuple(names[i] for i in positions(names, parts) or ())


def usual_time(option: str, names: Sequence[str]) -> tuple[str, str]:
    """The option, or, of a file without TIME, the usual name that it has.

    The second text is a remark if it is that name.
    """
    if option != TIME or positions(names, [TIME]):
        return option, ""
    found = [name for name in names if name.strip().casefold() in TIMES]
    found = found or [name for name in names if DATED.search(name)]
    if len(found) != 1:
        return option, ""
    return found[0], f"times are those of column '{found[0]}'"


def usual_target(
    option: str, names: Sequence[str], others: set[str]
) -> tuple[str, str]:
    """The option as the file spells it, or, without TARGET, the usual name.

    Or the only column that is left.

    others: columns that hold something else.
    """
    if same := positions(names, [option]):
        return names[same[0]], ""
    left = [name for name in names if name not in others]
    found = [name for name in left if name.strip().casefold() in VALUES]
    found = found if len(found) == 1 else left
    if option != TARGET or len(found) != 1:
        return option, ""
    return found[0], f"values are those of column '{found[0]}'"


def parts_of(option: str) -> tuple[str, ...]:
    """The columns that an option may name."""
    return tuple(part.strip() for part in re.split(r"[,+]", option))


def duplicate_hint(time: tuple[str, ...], names: Sequence[str]) -> str:
    """What may distinguish rows of one time: parts of it in other columns."""
    parts = calendar_columns(names)
    if len(time) == 1 and part_of(time[0]) == "year" and len(parts) > 1:
        return f"; --time-column '{','.join(parts)}' joins them"
    for name in names:
        if len(time) == 1 and name not in time and CLOCKS.fullmatch(name):
            return f"; --time-column '{time[0]},{name}' joins two columns"
    return ""


def calendar_columns(names: Sequence[str]) -> list[str]:
    """The columns of the year and its parts, the longest first."""
    found = {part_of(name): name for name in reversed(names)}
    return [found[part] for part in PARTS if part in found]


def joined(
    names: tuple[str, ...], columns: Sequence[Sequence[str]], rows: int
) -> list[str]:
    """One text of a time for each row; the number of the row without any."""
    if names == NO_TIME:
        return [str(row + 1) for row in range(rows)]
    if len(names) == 1:
        return [text.strip() for text in columns[0]]
    parts = [part_of(name) for name in names]
    template = " ".join(["{}"] * len(names))
    if parts[0] == "year" and all(parts):
        template = layout(parts)
    return [
        template.format(*(text.strip() for text in texts))
        for texts in zip(*columns, strict=True)
    ]


def part_of(name: str) -> str:
    for part, pattern in PARTS.items():
        if re.fullmatch(pattern, name.strip(), re.I):
            return part
    return ""


def layout(parts: list[str]) -> str:
    """How a year and parts of it are written as one time."""
    signs = {"year": "", "quarter": "-Q", "week": "-W", "hour": " "}
    signs |= {"month": "-", "day": "-", "minute": ":", "second": ":"}
    text = "".join(f"{signs[part]}{{}}" for part in parts)
    return f"{text}:00" if parts[-1] == "hour" else text

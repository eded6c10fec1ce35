"""The series of a user's own file: one column, or all that are numbers."""

import dataclasses
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np

from shared.datasets.times.anomalies import marks_of
from shared.datasets.times.columns import (
    TARGET,
    TIME,
    parts_of,
    time_columns,
    usual_target,
    usual_time,
)
from shared.datasets.times.formats import AUTO, check_format
from shared.datasets.times.numbers import NUMBER
from shared.datasets.times.reach import Reach, check_columns
from shared.datasets.times.table import Series, Texts, in_order, read_texts
from shared.datasets.wide.names import is_time
from shared.datasets.wide.rows import in_rows
from shared.errors import DataError
from shared.fields import option
from shared.files.tables.columns import positions
from shared.files.tables.format import TableFormat
from shared.files.tables.reading import column_names, read_rows
from shared.files.user_file import UserNumbers

INDEX = "1"
"""The name of a first column without one, as pandas writes its index."""

Values = tuple[np.ndarray, list[str]]
"""Those of a column (n,), NaN where missing, and remarks on them."""


@dataclass(frozen=True)
class UserSeries(UserNumbers):
    time_column: str = option(
        "time",
        "column of the times in that file, or several to join, such as "
        "'Date,Time'; none: equal steps",
    )
    target_column: str = option("value", "column that is forecast")
    time_format: str = option(
        AUTO,
        "how times are written: %d.%m.%Y and the like, day/month/year, "
        "unix-seconds, ...; auto: found in the whole column",
    )
    fill: str = option(
        "none",
        "missing values: none is allowed, linear interpolation, or the last "
        "value repeated",
        choices=("none", "linear", "last"),
    )

    def __post_init__(self) -> None:
        """Check every field."""
        super().__post_init__()
        check_format(self.time_format)


def read_own(
    options: UserSeries,
    multivariate: bool,
    marks: str = "",
    more: Reach = (),
) -> Series:
    """The target column, after all other columns of numbers on request.

    marks: a column of labeled anomalies that comes first, as 1.0 and 0.0;
    more: columns that are only read, and how many of the last rows each may
        lack.
    """
    fields = [field.name for field in dataclasses.fields(UserSeries)]
    options = UserSeries(**{name: getattr(options, name) for name in fields})
    # Without its digest, the file may change between two calls.
    read = _read if options.data_sha256 else _read.__wrapped__
    return read(options, multivariate, marks, more)


@lru_cache(maxsize=1)
def _read(
    options: UserSeries, multivariate: bool, marks: str, more: Reach
) -> Series:
    path, target = Path(options.data), options.target_column
    form = TableFormat.of(options)
    wanted = (*parts_of(options.time_column), target)
    names = column_names(path, form, wanted)
    if not names:
        raise DataError(f"{path} has no rows")
    time, said = _time_option(path, form, options.time_column, names)
    found = in_rows(path, form, names, time, target, multivariate)
    if found is None:
        series = _in_columns(options, names, time, multivariate, marks, more)
        return series._replace(notes=(*filter(None, [said]), *series.notes))
    if marks or more:
        raise DataError(
            f"{path}: its columns are times: no column of it can be read "
            "next to the series"
        )
    texts, columns = found
    pairs = {label: texts.values(label) for label in texts.columns}
    return in_order(texts, columns, pairs, options.fill, options.time_format)


def _in_columns(
    options: UserSeries,
    names: list[str],
    time_option: str,
    multivariate: bool,
    marks: str,
    more: Reach,
) -> Series:
    """The series of a table whose rows are times."""
    path, form = Path(options.data), TableFormat.of(options)
    time = time_columns(path, time_option, names)
    target, also = usual_target(options.target_column, names, {*time, marks})
    others = tuple(n for n in names if n not in (*time, target, marks))
    check_columns(path, target, [n for n in names if n not in time], more)
    read = tuple(name for name, _ in more)
    others = tuple(n for n in others if multivariate and n not in read)
    if multivariate and target == TARGET and target not in names:
        target = ""
    columns = (*others, *filter(None, [marks]), *read, *filter(None, [target]))
    texts = read_texts(path, time, columns, form)
    pairs, notes = numeric(texts, others)
    if marks:
        flags = marks_of(path, marks, texts.places, texts.columns[marks])
        pairs[marks] = flags, []
    pairs |= {n: texts.values(n) for n in (*read, target) if n}
    if not pairs:
        raise DataError(f"{path} has no column of numbers that change")
    series = in_order(
        *(texts, time, pairs, options.fill, options.time_format, names),
        more=more,
    )
    notes = [*filter(None, [also]), *notes, *series.notes]
    return series._replace(notes=tuple(notes))


def _time_option(
    path: Path, form: TableFormat, option: str, names: list[str]
) -> tuple[str, str]:
    """The option, or the usual column of times, and a remark if it is that.

    A first column without a name is that of the times if it holds dates.
    """
    found, said = usual_time(option, names)
    if found != TIME or positions(names, [TIME]) or names[0] != INDEX:
        return found, said
    _, (cell,) = next(read_rows(path, (INDEX,), form), ("", [""]))
    if NUMBER.fullmatch(cell.strip()) or not is_time(cell.strip()):
        return option, ""
    return INDEX, "times are those of the first column, which has no name"


def numeric(
    texts: Texts, names: tuple[str, ...]
) -> tuple[dict[str, Values], list[str]]:
    """The columns of numbers that change, and a note on the others."""
    found, left_out = {}, []
    for name in names:
        try:
            values, remarks = texts.values(name)
        except DataError:
            left_out.append(f"{name} (not all are numbers)")
            continue
        known = values[~np.isnan(values)]
        rows = np.arange(len(values))
        if not len(known) or (known == known[0]).all():
            left_out.append(f"{name} (the same in all rows)")
        elif any(np.array_equal(values, rows + first) for first in (0, 1)):
            left_out.append(f"{name} (the number of the row)")
        else:
            found[name] = values, remarks
    if not left_out:
        return found, []
    return found, [f"columns left out: {', '.join(left_out)}"]

"""The series of a user's own file: one column, or all that are numbers."""

import dataclasses
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np

from shared.datasets.times.anomalies import marks_of
from shared.datasets.times.columns import (
    TARGET,
    parts_of,
    time_columns,
    usual_target,
    usual_time,
)
from shared.datasets.times.formats import AUTO, check_format
from shared.datasets.times.reach import Reach, check_columns
from shared.datasets.times.table import Series, Texts, in_order, read_texts
from shared.datasets.times.wide import Wide, wide_form
from shared.datasets.wide_series import read_wide
from shared.errors import DataError
from shared.fields import option
from shared.files.tables.columns import positions
from shared.files.tables.format import TableFormat
from shared.files.tables.reading import column_names
from shared.files.user_file import UserNumbers

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
    name, said = usual_time(options.time_column, names)
    wide = _wide(options, name, names)
    if found := wide and read_wide(path, form, wide, target, multivariate):
        if marks or more:
            raise DataError(
                f"{path}: its columns are times: no column of it can be read "
                "beside the series"
            )
        texts, time = found
        pairs = {label: texts.values(label) for label in texts.columns}
        return in_order(texts, time, pairs, options.fill, options.time_format)
    time = time_columns(path, name, names)
    target, also = usual_target(target, names, {*time, marks})
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
    pairs |= {name: texts.values(name) for name in read}
    if target:
        pairs[target] = texts.values(target)
    elif not pairs:
        raise DataError(f"{path} has no column of numbers that change")
    series = in_order(
        *(texts, time, pairs, options.fill, options.time_format, names),
        more=more,
    )
    notes = [*filter(None, [said, also]), *notes, *series.notes]
    return series._replace(notes=tuple(notes))


def _wide(options: UserSeries, time: str, names: list[str]) -> Wide | None:
    """The wide form of a table that has no column of the series.

    Rows of one time each lack a column of times; rows of a year or a day have
    one, but none of the values.
    """
    if options.header == "none" or positions(names, [options.target_column]):
        return None
    wide = wide_form(names)
    known = positions(names, parts_of(time)) is not None
    if wide and known and not wide.part:
        return None
    if wide and wide.part and known:
        first, *_ = parts_of(time)
        keys = (first, *(key for key in wide.keys if key != first))
        wide = wide._replace(keys=keys)
    return wide


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

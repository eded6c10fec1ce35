"""What a window holds besides the columns that are forecast."""

from typing import Any, NamedTuple

import numpy as np

from shared.datasets.times.table import Series
from shared.tasks.forecasting.calendar import calendar_of
from shared.tasks.forecasting.options import ForecastData
from shared.tasks.forecasting.scaling import scaled_by


class Features(NamedTuple):
    """Columns of all rows that are read and not forecast.

    rows: (n - lead, F), of each row what is known at its time;
    names: of these F columns.
    """

    rows: np.ndarray
    names: tuple[str, ...]

    def windows(self, begin: int, end: int, steps: int) -> np.ndarray:
        """Windows (N, steps, F) of rows from `begin` up to `end`, a view."""
        return np.lib.stride_tricks.sliding_window_view(
            self.rows[begin:end], steps, axis=0
        ).swapaxes(1, 2)


def columns_of(series: Series, names: tuple[str, ...]) -> Series:
    """The series with these columns alone."""
    places = [series.columns.index(name) for name in names]
    values = np.ascontiguousarray(series.values[:, places])
    return series._replace(columns=names, values=values)


def features_of(
    name: Any, series: Series, options: ForecastData, rows: int
) -> Features:
    """The columns besides the target, scaled by the first rows.

    A column that is known ahead is read twice: at its time, and `lead` steps
    before, so that the last steps of a window hold those after it. One that is
    not is read at its time alone.
    """
    now = columns_of(series, options.exogenous)
    later = columns_of(series, options.known_ahead)
    present = scaled_by(name, now, rows)
    ahead, names = scaled_by(name, later, rows), [*options.known_ahead]
    if options.calendar:
        more, values = calendar_of(name, series)
        names, ahead = names + more, np.concatenate([ahead, values], axis=1)
    end = len(series.values) - options.lead
    parts = [present[:end], ahead[:end], ahead[options.lead :]]
    leads = [f"{one}, {options.lead} ahead" for one in names]
    return Features(
        np.concatenate(parts, axis=1).astype(np.float32),
        (*options.exogenous, *names, *leads),
    )

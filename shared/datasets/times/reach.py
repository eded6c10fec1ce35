"""Columns that are read with the one that is forecast, and how far."""

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from shared.errors import DataError, unknown

Reach = tuple[tuple[str, int], ...]
"""Columns, and how many of the last rows each may lack."""


def check_columns(
    name: Any, target: str, columns: Iterable[str], more: Reach
) -> None:
    """DataError for a column that is the target or that a table lacks."""
    for column, _ in more:
        if column == target:
            raise DataError(
                f"{name}: '{column}' is the column that is forecast, so that "
                "it is no exogenous one"
            )
        if column not in (known := [*columns]):
            others = [one for one in known if one != target]
            raise DataError(f"{name}: {unknown('column', column, others)}")


def check_reach(
    path: Any, name: str, values: np.ndarray, times: Sequence[str], lacks: int
) -> None:
    """DataError if a column (n,) ends more than `lacks` rows too early."""
    known = np.flatnonzero(~np.isnan(values))
    if not len(known) or len(values) - 1 - known[-1] <= lacks:
        return
    last = int(known[-1])
    raise DataError(
        f"{path}: column '{name}' ends at {times[last]}, "
        f"{len(values) - 1 - last:,} rows before the series, where "
        f"{lacks or 'none'} may be missing: it would end before the horizon"
    )

"""The window and the horizon that a user's own series asks for."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from shared.datasets.times.steps import DAY, WEEK, Step
from shared.datasets.user.series import read_own
from shared.tasks.forecasting.rows import ends_of


class UsualSizes(NamedTuple):
    """Usual sizes for a step, in time steps; season: 0 if there is none."""

    season: int
    window: int
    horizon: int


def usual_sizes(step: Step, usual: tuple[int, int]) -> UsualSizes:
    """Two seasons of the calendar or the clock, and one ahead.

    usual: window and horizon of a step without a season.
    """
    unit, length = step
    if unit == "month":
        season = int(12 // length) if 12 % length == 0 else 0
        return of_season(season) if season > 1 else UsualSizes(0, 10, 5)
    if unit == "business day":
        return UsualSizes(5, 20, 5)
    if unit == "microsecond" and length == DAY:
        return UsualSizes(7, 28, 7)
    if unit == "microsecond" and length == WEEK:
        return UsualSizes(52, 52, 13)
    if unit == "microsecond" and 0 < length < DAY and DAY % length == 0:
        season = int(DAY // length)
        return of_season(season if season > 3 else 7 * season)
    return UsualSizes(0, *usual)


def of_season(season: int) -> UsualSizes:
    if season <= LONGEST_SEASON:
        return UsualSizes(season, 2 * season, season)
    return UsualSizes(season, 96, 24)


LONGEST_SEASON = 48
"""Time steps of a season of which a window holds two."""


def adapt(
    records: Mapping[str, Any], given: Mapping[str, Mapping[str, Any]]
) -> dict[str, dict[str, Any]]:
    """What the other options ask for where it is not given."""
    data, changes = records["data"], sizes_of_own(records, given)
    if data.plain and not data.returns:
        return changes
    if "residual" in given["data"]:
        data.check_residual()
        return changes
    return {**changes, "data": {**changes.get("data", {}), "residual": False}}


def sizes_of_own(
    records: Mapping[str, Any], given: Mapping[str, Mapping[str, Any]]
) -> dict[str, dict[str, Any]]:
    """Window, horizon and batch size, unless given, for a user's own file.

    They are as long as is usual for the step of the series, and shorter where
    a split would have no window.
    """
    data, batch = records["data"], records["train"].batch_size
    named = {*given["data"], *given["train"]}
    if not data.data or named >= {"window", "horizon", "batch_size"}:
        return {}
    series = read_own(data, data.multivariate)
    usual = usual_sizes(series.step, (data.window, data.horizon))
    first, second, _ = ends_of(len(series.values))
    window, horizon = data.window, data.horizon
    if "horizon" not in named:
        room = second - first
        if "window" in named:
            room = min(room, first - window)
        horizon = max(1, min(usual.horizon, room))
    if "window" not in named:
        window = max(2, min(usual.window, (first - horizon) // 2))
    sizes = {"data": {"window": window, "horizon": horizon}}
    if "batch_size" not in named:
        sizes |= fitting_batch(first - window - horizon + 1, batch)
    return sizes


def fitting_batch(examples: int, batch: int) -> dict[str, dict[str, int]]:
    """The record and field of a smaller batch, if the examples need one."""
    if not 0 < examples < batch:
        return {}
    return {"train": {"batch_size": 1 << examples.bit_length() - 1}}


def season_of(step: Step, rows: int) -> int:
    """Time steps of a season; 0 without one, or with less than two in rows."""
    season = usual_sizes(step, (0, 0)).season
    return season if 2 * season <= rows else 0

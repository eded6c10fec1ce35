"""What a task shows of its runs; how it is drawn is the report's matter."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class RunView:
    """A finished run as a task sees it.

    mark: "*" for the best row, "~" for a tie with it, else "";
    detail: what `Task.detail` recorded, maybe by an older version of it.
    """

    framework: str
    cell: str
    seed: int
    mark: str
    scores: Mapping[str, float]
    detail: Mapping[str, Any]


@dataclass(frozen=True)
class Series:
    """Points or a line; one that is named after a cell has its colour.

    x: 0, 1, 2, ... where it is empty; kind: "line" or "points";
    cell: whose colour it has, if it is named otherwise; dash: as Plotly
    names them, "solid" or another; low, high: ends of a band about a line.
    """

    name: str
    y: tuple[float, ...]
    x: tuple[float, ...] = ()
    kind: str = "line"
    cell: str = ""
    dash: str = "solid"
    low: tuple[float, ...] = ()
    high: tuple[float, ...] = ()


@dataclass(frozen=True)
class Lines:
    """Series over one axis.

    joint: of several comparisons, one drawing shows them all too.
    """

    name: str
    title: str
    text: str
    x_label: str
    y_label: str
    series: tuple[Series, ...]
    joint: bool = False


@dataclass(frozen=True)
class Matrix:
    """A number for each row and column.

    shares: each value's colour, from 0 to 1, where it is not the value.
    """

    name: str
    title: str
    text: str
    row_label: str
    column_label: str
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    values: tuple[tuple[float, ...], ...]
    shares: tuple[tuple[float, ...], ...] = ()


@dataclass(frozen=True)
class Matrices:
    """Matrices of the same columns beside each other, by name."""

    name: str
    title: str
    text: str
    parts: Mapping[str, Matrix]


@dataclass(frozen=True)
class TextTable:
    """Rows of words and numbers below their headings."""

    name: str
    title: str
    text: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str | float, ...], ...]


@dataclass(frozen=True)
class Samples:
    """Pieces of text, each below what it was made with.

    beside: how many stand beside each other.
    """

    name: str
    title: str
    text: str
    samples: tuple[tuple[str, str], ...]
    beside: int = 1


Exhibit = Lines | Matrix | Matrices | TextTable | Samples


def best_runs(runs: list[RunView]) -> list[RunView]:
    """The runs of the best row, by seed."""
    best = [run for run in runs if run.mark == "*"]
    return sorted(best, key=lambda run: run.seed)


def runs_of_best_framework(runs: list[RunView]) -> list[RunView]:
    """The runs of all cells in the framework of the best row, by seed."""
    best = best_runs(runs)
    names = {run.framework for run in best}
    return sorted(
        (run for run in runs if run.framework in names),
        key=lambda run: run.seed,
    )


def one_seed(runs: list[RunView], name: str) -> list[RunView]:
    """Those beside the best of their first seed that recorded such detail."""
    beside = [run for run in runs_of_best_framework(runs) if name in run.detail]
    return [run for run in beside if run.seed == beside[0].seed]

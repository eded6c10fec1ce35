"""Pictures of detection: errors along the series, and the ROC."""

from __future__ import annotations

from typing import Any

import numpy as np

from shared.exhibits import Exhibit, Lines, RunView, Series, beside_best

SHOWN = 1200
"""Points of the test part that a report draws."""


def thinned(values: np.ndarray) -> list[float]:
    """At most SHOWN values, each the greatest of its stretch."""
    size = -(-len(values) // SHOWN)
    starts = np.arange(0, len(values), size)
    found = np.maximum.reduceat(values.astype(np.float64), starts)
    return [float(f"{value:.4g}") for value in found]


def show(runs: list[RunView]) -> list[Exhibit]:
    """The series with its windows, errors by cell, and ROC curves."""
    beside = [run for run in beside_best(runs) if "errors" in run.detail]
    if not beside:
        return []
    first = [run for run in beside if run.seed == beside[0].seed]
    known = first[0].detail
    return [
        series_of(known),
        *(errors_of(run.cell, run.detail) for run in first),
        roc_of(first, known),
    ]


def series_of(known: dict[str, Any] | Any) -> Lines:
    """The test part and its labelled windows."""
    values = known["values"]
    return Lines(
        name="series",
        title="The test part with its labelled windows",
        text="Bands are the windows in which something is known to be wrong.",
        x_label="stretch of the test part",
        y_label="value",
        series=(
            banded("labelled", known["labelled"], min(values), max(values)),
            Series("value", tuple(values)),
        ),
    )


def errors_of(cell: str, known: dict[str, Any] | Any) -> Lines:
    """A cell's errors, its threshold, and the labelled windows."""
    errors, threshold = known["errors"], known["threshold"]
    return Lines(
        name=f"errors-{cell}",
        title=f"Errors of {cell}, and the threshold of the training part",
        text="An alarm is where the error is above the dotted line.",
        x_label="stretch of the test part",
        y_label="error",
        series=(
            banded("labelled", known["labelled"], 0.0, max(errors)),
            Series(cell, tuple(errors)),
            Series("threshold", (threshold,) * len(errors), dash="dot"),
        ),
    )


def banded(name: str, inside: list[float], low: float, high: float) -> Series:
    """A band from low to high where a stretch is inside a window."""
    tops = tuple(high if one else low for one in inside)
    floor = (low,) * len(tops)
    return Series(name, floor, dash="dot", low=floor, high=tops)


def roc_of(runs: list[RunView], known: dict[str, Any] | Any) -> Lines:
    """Right against wrong steps over all thresholds, and the baselines."""
    curves = [(run.cell, run.detail["roc"]) for run in runs]
    curves += list(known["baseline_roc"].items())
    return Lines(
        name="roc",
        title=f"ROC over thresholds, {runs[0].framework}",
        text="Shares of single steps; the diagonal is chance.",
        x_label="share of other steps above the threshold",
        y_label="share of labelled steps above it",
        series=tuple(
            Series(name, tuple(c["true"]), tuple(c["false"]))
            for name, c in curves
        ),
    )

"""Exhibits of anomaly detectors."""

from collections.abc import Mapping
from typing import Any

from shared.exhibits.anomaly_messages import areas_under, detected, exceeded
from shared.exhibits.kinds import Exhibit, Lines, Series, TextTable
from shared.exhibits.runs import RunView, one_seed

ABOVE = 0.05
"""Between the rows of detections above a series, of its range."""


def exhibits(runs: list[RunView]) -> list[Exhibit]:
    first = one_seed(runs, "errors")
    if not first:
        return []
    errors = [errors_of(run.cell, run.details) for run in first]
    curves = [roc_of(first)] if "roc" in first[0].details else []
    tables = [t for run in first for t in alarms_of(run.cell, run.details)]
    return [series_of(first), *errors, *curves, *tables]


def series_of(runs: list[RunView]) -> Lines:
    known = runs[0].details
    values = known["values"]
    low, high = min(values), max(values)
    return Lines(
        name="series",
        title=detected(runs),
        text=(
            f"The test split, {runs[0].framework}, seed {runs[0].seed}. Bands "
            "are the windows labeled as anomalous; a point above the series "
            "is where a cell's error exceeds its threshold."
        ),
        x_label="step of the test split",
        y_label="value",
        series=(
            banded("labeled", known["labelled"], low, high),
            Series("value", tuple(values)),
            *(
                detections(run, high + ABOVE * (high - low) * place)
                for place, run in enumerate(runs, 1)
            ),
        ),
    )


def detections(run: RunView, height: float) -> Series:
    """A point at each window in which a cell's error exceeds the threshold."""
    errors, threshold = run.details["errors"], run.details["threshold"]
    x = tuple(float(n) for n, error in enumerate(errors) if error > threshold)
    return Series(run.cell, (height,) * len(x), x, kind="points")


def errors_of(cell: str, known: Mapping[str, Any]) -> Lines:
    errors, threshold = known["errors"], known["threshold"]
    return Lines(
        name=f"errors-{cell}",
        title=exceeded(cell, known),
        text=(
            "An alarm is raised where the error exceeds the dotted line, the "
            "threshold of the training split."
        ),
        x_label="step of the test split",
        y_label="error",
        series=(
            banded("labeled", known["labelled"], 0.0, max(errors)),
            Series(cell, tuple(errors)),
            Series("threshold", (threshold,) * len(errors), dash="dot"),
        ),
    )


def alarms_of(cell: str, known: Mapping[str, Any]) -> list[TextTable]:
    """The alarms that a run lists, if it lists any."""
    alarms = known.get("alarms")
    if not alarms:
        return []
    columns = ["first", "last", "rows", "error"]
    labeled = ["labelled"] if any(known["labelled"]) else []
    text = f"The threshold is {known['threshold']:.4g}."
    return [
        TextTable(
            name=f"alarms-{cell}",
            title=f"Alarms of {cell} in the test split",
            text=text + " Rows are those above it.",
            headings=("from", "to", "rows", "largest error", *labeled),
            rows=tuple(
                (
                    *(alarm[name] for name in columns),
                    *("yes" if alarm[name] else "no" for name in labeled),
                )
                for alarm in alarms
            ),
        )
    ]


def banded(name: str, inside: list[float], low: float, high: float) -> Series:
    """A band from low to high where `inside` is true."""
    top = tuple(high if one else low for one in inside)
    bottom = (low,) * len(top)
    return Series(name, bottom, dash="dot", low=bottom, high=top)


def roc_of(runs: list[RunView]) -> Lines:
    curves = [(run.cell, run.details["roc"], "solid") for run in runs]
    baselines = runs[0].details["baseline_roc"]
    curves += zip(baselines, baselines.values(), ("dash", "dot"), strict=True)
    return Lines(
        name="roc",
        title=areas_under(curves),
        text=(
            f"ROC over thresholds, {runs[0].framework}, seed {runs[0].seed}. "
            "Rates over single steps; the diagonal is chance, with an area "
            "of 0.5."
        ),
        x_label="false positive rate",
        y_label="true positive rate",
        series=tuple(
            Series(name, tuple(c["true"]), tuple(c["false"]), dash=dash)
            for name, c, dash in curves
        ),
    )

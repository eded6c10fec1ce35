"""What the pictures of anomaly detectors say, each in its title."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from shared.exhibits.runs import RunView


def detected(runs: list[RunView]) -> str:
    """How many labeled windows each cell detects, with how many alarms."""
    first, *others = runs
    if "recall" not in first.scores:
        shown = [f"{run.cell} {run.scores['alarms']:g}" for run in others]
        return ", ".join([f"{first.cell} raises {_alarms(first)}", *shown])
    shares = [f"{100 * run.scores['recall']:.0f} %" for run in runs]
    text = (
        f"{first.cell} detects {shares[0]} of the labeled windows with "
        f"{_alarms(first)}"
    )
    shown = [
        f"{run.cell} {share} with {run.scores['alarms']:g}"
        for run, share in zip(others, shares[1:])
    ]
    return ", ".join([text, *shown])


def _alarms(run: RunView) -> str:
    count = run.scores["alarms"]
    return f"{count:g} alarm{'s' * (count != 1)}"


def exceeded(cell: str, known: Mapping[str, Any]) -> str:
    """For how much of the split the error exceeds the threshold."""
    threshold = known["threshold"]
    above = np.array(known["errors"]) > threshold
    mask = np.array(known["labelled"]) > 0
    start = f"The error of {cell} exceeds its threshold of {threshold:.3g} at"
    if not mask.any():
        return f"{start} {_percent(above)} of the steps"
    return (
        f"{start} {_percent(above[mask])} of the steps in labeled windows "
        f"and {_percent(above[~mask])} of the others"
    )


def _percent(chosen: np.ndarray) -> str:
    share = float(chosen.mean()) if chosen.size else 0.0
    return f"{100 * share:.1f} %"


def areas_under(curves: Sequence[tuple[str, Mapping[str, Any], str]]) -> str:
    """The area under each curve as drawn, the largest first."""
    areas = {
        name: float(np.trapezoid(curve["true"], curve["false"]))
        for name, curve, _ in curves
    }
    ranked = sorted(areas, key=areas.__getitem__, reverse=True)
    shown = ", ".join(f"{name} {areas[name]:.2f}" for name in ranked)
    return f"Area under the ROC curve: {shown}"

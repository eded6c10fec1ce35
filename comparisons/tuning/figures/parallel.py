"""Parallel coordinates: a line for each trial through its values and score.

Lines of a plain drawing, because Plotly's own kind compiles code, which the
page's content security policy forbids.
"""

import math
from typing import Any

from comparisons.arguments.parser import plain
from comparisons.figures.colors import NEUTRAL, color
from comparisons.report.plotly.traces import Panel, label
from comparisons.tuning.results import CellResult, TrialRow, TuneResult
from comparisons.tuning.settings import setting_text
from comparisons.tuning.space import Parameter
from shared.exhibits.names import (
    cell_name,
    metric_axis,
    metric_name,
    score_text,
)

WEAK, STRONG = 0.15, 0.7
"""Opacity of the line of the worst and of the second best trial."""

MARGIN = 0.1
"""Room above and below the axes, for the values at their ends."""


def parallel_panel(result: TuneResult, cell: CellResult) -> Panel:
    """The complete trials of a cell, the selected one in full strength."""
    done = [trial for trial in cell.trials if trial.complete]
    ranked = sorted(done, key=lambda t: goodness(result, t), reverse=True)
    data = [
        trace(result, cell, trial, place, len(ranked))
        for place, trial in enumerate(ranked)
    ]
    return Panel(cell_name(cell.cell), data[::-1], layout(result, cell))


def trace(
    result: TuneResult,
    cell: CellResult,
    trial: TrialRow,
    place: int,
    count: int,
) -> dict[str, Any]:
    """place: 0 for the best trial, which is drawn last."""
    share = 1 - place / max(count - 1, 1)
    shade = {"color": color(cell.cell), "width": 3.5 if place == 0 else 1.5}
    score = score_text(result.validation_metric, trial.value)
    return {
        "type": "scatter",
        "mode": "lines",
        "x": [*range(len(result.plan.space) + 1)],
        "y": [
            *(
                height(one, trial.setting[one.name])
                for one in result.plan.space
            ),
            score_height(result, cell, trial),
        ],
        "line": shade,
        "opacity": 1.0 if place == 0 else WEAK + (STRONG - WEAK) * share,
        "name": f"trial {trial.number}",
        "hovertemplate": (
            f"trial {trial.number}: {label(setting_text(trial.setting))}<br>"
            f"{metric_name(result.validation_metric)} {score}<extra></extra>"
        ),
    }


def height(one: Parameter, value: Any) -> float:
    """Where a value is on its axis, from 0 to 1."""
    if not one.range:
        return one.values.index(value) / (len(one.values) - 1)
    low, high = one.values
    if one.log:
        low, high, value = map(math.log, (low, high, value))
    return float((value - low) / (high - low))


def goodness(result: TuneResult, trial: TrialRow) -> float:
    value = math.inf if trial.value is None else trial.value
    return -value if result.plan.better == "lower" else value


def score_ends(cell: CellResult) -> tuple[float, float]:
    """The least and the greatest score of the cell's complete trials."""
    values = [
        t.value for t in cell.trials if t.complete and t.value is not None
    ]
    return min(values), max(values)


def score_height(
    result: TuneResult, cell: CellResult, trial: TrialRow
) -> float:
    """Better scores are higher, whether they are less or more."""
    low, high = score_ends(cell)
    if trial.value is None or low == high:
        return 1.0
    share = (trial.value - low) / (high - low)
    return 1 - share if result.plan.better == "lower" else share


def layout(result: TuneResult, cell: CellResult) -> dict[str, Any]:
    """An upright line for each field, with the values at their heights."""
    space, metric = result.plan.space, result.validation_metric
    names = [*(one.label for one in space), f"validation {metric_axis(metric)}"]
    ends = [score_text(metric, value) for value in score_ends(cell)]
    if result.plan.better == "lower":
        ends.reverse()
    marks = [
        mark(place, height(one, value), plain(value))
        for place, one in enumerate(space)
        for value in one.values
    ]
    marks += [mark(len(space), y, text) for y, text in enumerate(ends)]
    return {
        "xaxis": {
            "tickvals": [*range(len(names))],
            "ticktext": [tick(n, name) for n, name in enumerate(names)],
            "tickangle": 0,
            "tickfont": {"size": 11},
            "range": [-0.5, len(names) - 0.5],
            "showgrid": False,
        },
        "yaxis": {
            "range": [-MARGIN, 1 + MARGIN],
            "showticklabels": False,
            "showgrid": False,
        },
        "shapes": [
            {"type": "line", "x0": x, "x1": x, "y0": 0, "y1": 1}
            | {"line": {"color": NEUTRAL, "width": 1}, "layer": "below"}
            for x in range(len(names))
        ],
        "annotations": marks,
        "showlegend": False,
    }


def tick(place: int, name: str) -> str:
    """Every other name is lower, so that no two of them meet."""
    return "<br>" * 2 * (place % 2) + label(name).replace(" ", "<br>")


def mark(place: int, y: float, text: str) -> dict[str, Any]:
    """A value at its height; those at the ends are above and below."""
    shift = {0.0: -9, 1.0: 9}.get(y, 0)
    return {
        "x": place,
        "y": y,
        "text": label(text),
        "showarrow": False,
        "yshift": shift,
        "xshift": 0 if shift else 14,
    }

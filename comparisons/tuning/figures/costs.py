"""The score of complete trials against what they cost."""

from comparisons.analysis.curves import front
from comparisons.figures.colors import NEUTRAL, color
from comparisons.figures.lines import Line
from comparisons.report.blocks import Block, Figure
from comparisons.report.plotly.axes import axes, logarithmic, score_range
from comparisons.report.plotly.traces import Panel, traces
from comparisons.report.tables import plain
from comparisons.tuning.figures.values import percent
from comparisons.tuning.results import TrialRow, TuneResult
from shared.exhibits.names import (
    cell_name,
    metric_axis,
    scaled,
)

COSTS = {"parameters": "parameters", "seconds": "training, s"}
"""Field of a trial -> the axis of what it costs."""

SECONDS = {
    True: "Seconds: the median epoch after the first, which may compile, times "
    "the epochs.",
    False: "Seconds are left out: trials ran that were not alone on their "
    "cores.",
}
"""Whether seconds are shown -> what the caption says of them."""

POINT, RING = "\u25cf", "\u25ef"


def costs(result: TuneResult) -> list[Block]:
    """The score of complete trials against what they cost, with fronts."""
    done = [t for t in result.trials if t.complete and t.parameters]
    if not done:
        return []
    metric = result.validation_metric
    fields = known_costs(done)
    fronts = {field: on_front(result, done, field) for field in fields}
    counts = [
        f"{len(best)} of {len(done)} trials for {field}"
        for field, best in fronts.items()
    ]
    cells = dict.fromkeys(trial.cell for trial in done)
    keys = [(POINT, color(cell), cell_name(cell)) for cell in cells]
    return [
        Figure(
            "costs",
            f"On the Pareto front: {'; '.join(counts)}",
            "Each point is a complete trial; dotted: the Pareto front, the "
            f"trials that no other dominates. {SECONDS['seconds' in fields]}",
            tuple(
                cost_panel(result, done, field, best)
                for field, best in fronts.items()
            ),
            plain(
                *("costs-data", "Score and costs; trials of each front"),
                (
                    *("cell", "trial", f"validation {metric_axis(metric)}"),
                    *fields.values(),
                    "front",
                ),
                [
                    (
                        *(cell_name(t.cell), t.number),
                        percent(metric, t.value),
                        *(getattr(t, field) for field in fields),
                        ", ".join(f for f in fields if t in fronts[f]),
                    )
                    for t in done
                ],
                heads=2,
            ),
            (*keys, (RING, NEUTRAL, "on the Pareto front")),
        )
    ]


def known_costs(done: list[TrialRow]) -> dict[str, str]:
    """The costs that all trials have, and their axes."""
    return {
        field: axis
        for field, axis in COSTS.items()
        if all(getattr(trial, field) is not None for trial in done)
    }


def on_front(
    result: TuneResult, done: list[TrialRow], field: str
) -> list[TrialRow]:
    values = [t.value for t in done if t.value is not None]
    better = result.plan.better
    places = front([getattr(t, field) for t in done], values, better)
    return sorted((done[p] for p in places), key=lambda t: getattr(t, field))


def cost_panel(
    result: TuneResult, done: list[TrialRow], field: str, best: list[TrialRow]
) -> Panel:
    metric = result.validation_metric
    score = {id(t): scaled(metric, t.value or 0.0) for t in done}
    layout = axes(
        COSTS[field],
        f"validation {metric_axis(metric)}",
        score_range(metric, score.values()),
    )
    layout["xaxis"] |= logarithmic(getattr(t, field) for t in done)
    x = [getattr(t, field) for t in best]
    ring = {"size": 13, "symbol": "circle-open", "color": NEUTRAL}
    data = traces(
        Line("Pareto front", x, [score[id(t)] for t in best], NEUTRAL, "dot"),
        mode="lines+markers",
        marker={**ring, "line": {"width": 1.5}},
        hoverinfo="skip",
    )
    for cell in dict.fromkeys(trial.cell for trial in done):
        own = [t for t in done if t.cell == cell]
        line = Line(
            cell_name(cell),
            [getattr(t, field) for t in own],
            [score[id(t)] for t in own],
            color(cell),
        )
        marker = {"color": color(cell), "size": 7}
        data += traces(line, mode="markers", marker=marker)
    return Panel(COSTS[field], data, layout | {"showlegend": False})

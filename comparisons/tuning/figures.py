"""The figures of a search: history, importance, settings, and costs."""

from typing import Any

from comparisons.analysis.curves import front
from comparisons.analysis.statistics import BEST
from comparisons.analysis.wording import listed
from comparisons.arguments.parser import plain as words
from comparisons.figures.colors import NEUTRAL, color
from comparisons.figures.lines import Line
from comparisons.report.blocks import Block, Cell, Figure, Note, plain
from comparisons.report.plotly.axes import axes, logarithmic, score_range
from comparisons.report.plotly.traces import Panel, label, traces
from comparisons.tuning.parallel import parallel_panel
from comparisons.tuning.results import CellResult, TrialRow, TuneResult
from shared.exhibits.names import (
    cell_name,
    metric_axis,
    metric_name,
    scaled,
    score_text,
)

COSTS = {"parameters": "parameters", "seconds": "training, s"}
"""Field of a trial -> the axis of what it costs."""

POINT, LINE, RING = "\u25cf", "\u2014\u2014", "\u25ef"
PRUNED = {"size": 7, "symbol": "x-thin-open", "color": NEUTRAL}


def history(result: TuneResult) -> list[Block]:
    """The score of each trial, and the best one so far."""
    cells = [cell for cell in result.cells if cell.best]
    if not cells:
        return [Note("No trial is complete.")]
    metric = result.validation_metric
    texts = [
        f"{cell_name(cell.cell)} {score_text(metric, cell.best.value)} in "
        f"trial {cell.best.number} of {len(cell.trials)}"
        for cell in cells
        if cell.best
    ]
    rows = [
        (
            *(cell_name(t.cell), t.number, t.status),
            *(percent(metric, value) for value in (t.value, best)),
        )
        for cell in cells
        for t, best in zip(cell.trials, best_so_far(result, cell))
    ]
    name = f"validation {metric_axis(metric)}"
    return [
        Figure(
            "history",
            f"Best validation {metric_name(metric)}: {'; '.join(texts)}",
            "Each point is a trial; the line is the best score so far, crosses "
            "are trials that were pruned, at the score they had then.",
            tuple(history_panel(result, cell) for cell in cells),
            plain(
                *("history-data", "Validation score by trial"),
                ("cell", "trial", "status", name, f"best {name}"),
                rows,
                heads=2,
            ),
        )
    ]


def history_panel(result: TuneResult, cell: CellResult) -> Panel:
    metric, shade = result.validation_metric, color(cell.cell)
    done = [t for t in cell.trials if t.complete]
    pruned = [t for t in cell.trials if t.status == "pruned"]
    best = [
        (trial.number, scaled(metric, value))
        for trial, value in zip(cell.trials, best_so_far(result, cell))
        if value is not None
    ]
    data = traces(
        points("trial", metric, done, shade),
        mode="markers",
        marker={"color": shade, "size": 6},
    )
    data += traces(
        points("pruned", metric, pruned, NEUTRAL), mode="markers", marker=PRUNED
    )
    places, scores = [n for n, _ in best], [score for _, score in best]
    line = Line("best so far", places, scores, shade)
    data += traces(line)
    data[-1]["line"] |= {"shape": "hv"}
    layout = axes("trial", f"validation {metric_axis(metric)}")
    return Panel(cell_name(cell.cell), data, layout | {"showlegend": False})


def points(name: str, metric: str, trials: list[TrialRow], shade: str) -> Line:
    known = [(t.number, t.last) for t in trials if t.last is not None]
    return Line(
        name,
        [number for number, _ in known],
        [scaled(metric, value) for _, value in known],
        shade,
    )


def best_so_far(result: TuneResult, cell: CellResult) -> list[float | None]:
    """The best score of the trials up to each one."""
    found: list[float | None] = []
    for trial in cell.trials:
        known = [v for v in (*found[-1:], trial.value) if v is not None]
        found.append(BEST[result.plan.better](known, default=None))
    return found


def percent(metric: str, value: float | None) -> float | None:
    """In the unit of the axis."""
    return None if value is None else scaled(metric, value)


def importance(result: TuneResult) -> list[Block]:
    """The share of the scores' variance that each field explains."""
    cells = [cell for cell in result.cells if cell.importance]
    if not cells:
        return [Note("Too few trials are complete for an importance.")]
    first = [
        f"{name.replace('_', ' ')} for {cell_name(cell.cell)} ({share:.0%})"
        for cell in cells
        for name, share in list(cell.importance.items())[:1]
    ]
    labels = [(one.name, one.label) for one in result.plan.space]
    return [
        Figure(
            "importance",
            f"The most important setting: {', '.join(first)}",
            "Functional ANOVA (Hutter et al. 2014): the share of the variance "
            "of the validation score, over the space, that a field explains "
            "by itself, as a random forest of the complete trials has it.",
            tuple(importance_panel(cell, labels) for cell in cells),
            plain(
                *("importance-data", "Importance, %"),
                ("setting", *(cell_name(cell.cell) for cell in cells)),
                [
                    (text, *(100 * c.importance.get(name, 0.0) for c in cells))
                    for name, text in labels
                ],
            ),
        )
    ]


def importance_panel(cell: CellResult, labels: list[tuple[str, str]]) -> Panel:
    layout = axes("importance, %", "")
    layout["xaxis"] |= {"range": [0, 103]}
    layout["yaxis"] |= {"autorange": "reversed", "showgrid": False}
    bars = {
        "type": "bar",
        "orientation": "h",
        "x": [100 * cell.importance.get(name, 0.0) for name, _ in labels],
        "y": [label(text) for _, text in labels],
        "marker": {"color": color(cell.cell)},
        "hovertemplate": "%{y}: %{x:.3~g} %<extra></extra>",
    }
    layout["height"] = 110 + 32 * len(labels)
    return Panel(cell_name(cell.cell), [bars], layout)


def settings(result: TuneResult) -> list[Block]:
    """Parallel coordinates of the complete trials of each cell."""
    cells = [cell for cell in result.cells if cell.best]
    if not cells:
        return []
    best = [
        f"trial {cell.best.number} of {cell_name(cell.cell)}"
        for cell in cells
        if cell.best
    ]
    names = [one.name for one in result.plan.space]
    metric = result.validation_metric
    return [
        Figure(
            "settings",
            f"Selected: {listed(best)}",
            "A line for each complete trial, from its values to its score, "
            "better ones higher and stronger; the thick line is selected.",
            tuple(parallel_panel(result, cell) for cell in cells),
            plain(
                *("settings-data", "Settings and scores of complete trials"),
                (
                    *(
                        "cell",
                        "trial",
                        *(one.label for one in result.plan.space),
                    ),
                    f"validation {metric_axis(metric)}",
                ),
                [
                    (
                        *(cell_name(t.cell), t.number),
                        *(shown(t.setting[name]) for name in names),
                        percent(metric, t.value),
                    )
                    for cell in cells
                    for t in cell.trials
                    if t.complete
                ],
                heads=2,
            ),
        )
    ]


def shown(value: Any) -> Cell:
    """A value for a table, as on the command line."""
    return Cell(words(value), None if isinstance(value, bool) else value)


def costs(result: TuneResult) -> list[Block]:
    """The score of complete trials against what they cost, with fronts."""
    done = [t for t in result.trials if t.complete and t.parameters]
    if not done:
        return []
    metric = result.validation_metric
    fronts = {field: on_front(result, done, field) for field in COSTS}
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
            "trials that no other dominates. Seconds: the median epoch after "
            "the first, which may compile, times the epochs.",
            tuple(
                cost_panel(result, done, field, best)
                for field, best in fronts.items()
            ),
            plain(
                *("costs-data", "Score and costs; trials of each front"),
                (
                    *("cell", "trial", f"validation {metric_axis(metric)}"),
                    *COSTS.values(),
                    "front",
                ),
                [
                    (
                        *(cell_name(t.cell), t.number),
                        *(percent(metric, t.value), t.parameters, t.seconds),
                        ", ".join(f for f in COSTS if t in fronts[f]),
                    )
                    for t in done
                ],
                heads=2,
            ),
            (*keys, (RING, NEUTRAL, "on the Pareto front")),
        )
    ]


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

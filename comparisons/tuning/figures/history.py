"""The score of each trial, and the best one so far."""

from comparisons.analysis.statistics import BEST
from comparisons.figures.colors import NEUTRAL, color
from comparisons.figures.lines import Line
from comparisons.report.blocks import Block, Figure, Note
from comparisons.report.plotly.axes import axes
from comparisons.report.plotly.traces import Panel, traces
from comparisons.report.tables import plain
from comparisons.tuning.figures.values import percent
from comparisons.tuning.results import CellResult, TrialRow, TuneResult
from shared.exhibits.names import (
    cell_name,
    metric_axis,
    metric_name,
    scaled,
    score_text,
)

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

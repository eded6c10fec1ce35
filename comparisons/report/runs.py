"""Section of the page: every run."""

from __future__ import annotations

from comparisons.analysis.curves import number_of
from comparisons.analysis.loading import Comparison
from comparisons.analysis.statistics import quartiles
from comparisons.analysis.summary import train_seconds
from comparisons.analysis.timings import compile_seconds, step_seconds
from comparisons.records.repair import is_number
from comparisons.records.store import Record
from comparisons.report.blocks import Block, Cell, Line, Table, shown
from shared.exhibits.names import (
    cell_name,
    framework_name,
    metric_name,
    score_text,
)
from shared.exhibits.names import metric as metric_form

RUN_HEADINGS = (
    *("framework", "cell", "seed", "status", "metric", "epochs"),
    *("first loss", "last loss", "train s", "compile s", "ms/step", "peak MB"),
    "started, UTC",
)


def runs_section(part: Comparison) -> list[Block]:
    """A row for each run, with the end of its standard error."""
    metric = part.summary.task.metric
    headings = tuple(
        metric_name(metric) if h == "metric" else h for h in RUN_HEADINGS
    )
    words = {"framework", "cell", "status", "started, UTC"}
    return [
        Table(
            name=f"{part.slug}-runs",
            caption=f"Every run of {part.summary.task.name}",
            headings=headings,
            lines=tuple(run_line(run, metric) for run in part.records),
            heads=3,
            numeric=frozenset(headings) - words,
            sortable=True,
        )
    ]


def run_line(run: Record, metric: str) -> Line:
    epochs = run.get("epochs") or []
    losses = [number_of(epoch.get("loss")) for epoch in epochs]
    timed = run["status"] == "ok"
    numbers = {
        "epochs": len(epochs) or None,
        "first loss": losses[0] if losses else None,
        "last loss": losses[-1] if losses else None,
        "train s": train_seconds(run) if timed else None,
        "compile s": compile_seconds(run) if timed else None,
        "ms/step": 1e3 * quartiles(step_seconds(run))[0] if timed else None,
        "peak MB": number_of(run.get("peak_memory_mb")),
    }
    status = Cell(
        run["status"],
        run["status"],
        look=run["status"],
        spoken=str(run.get("error", "")),
        more=str(run.get("stderr") or ""),
    )
    score = number_of((run.get("scores") or {}).get(metric))
    scaled = metric_form(metric).scale * score if is_number(score) else None
    cells = {
        "framework": Cell(framework_name(run["framework"]), run["framework"]),
        "cell": Cell(cell_name(run["cell"]), run["cell"]),
        "metric": Cell(score_text(metric, score), scaled),
        "seed": Cell(str(run["seed"]), run["seed"]),
        "status": status,
        "started, UTC": began_cell(str(run.get("began", ""))),
        **{name: number_cell(value) for name, value in numbers.items()},
    }
    return Line(tuple(cells[heading] for heading in RUN_HEADINGS))


def began_cell(text: str) -> Cell:
    short = text.replace("T", " ").removesuffix("+00:00")
    return Cell(short or "-", text)


def number_cell(value: float | None) -> Cell:
    if not is_number(value):
        return Cell("-", None)
    assert value is not None
    text = shown(value) if isinstance(value, int) else f"{value:.4g}"
    return Cell(text, value)

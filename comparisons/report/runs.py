"""Section of the page: every run."""

from __future__ import annotations

import math

from comparisons.analysis.frame import numbers
from comparisons.analysis.loading import Comparison
from comparisons.records.record import Run, RunRecord
from comparisons.report.blocks import Block, Cell, Line, Table, shown
from shared.exhibits.names import (
    cell_name,
    framework_name,
    metric_name,
    scaled,
    score_text,
)

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


def run_line(run: RunRecord, metric: str) -> Line:
    losses = [epoch.loss for epoch in run.epochs]
    found = numbers(run, metric) if isinstance(run, Run) else {}
    values = {
        "epochs": len(losses) or None,
        "first loss": losses[0] if losses else None,
        "last loss": losses[-1] if losses else None,
        "train s": found.get("train_seconds"),
        "compile s": found.get("compile_seconds"),
        "ms/step": found.get("step_ms"),
        "peak MB": found.get("peak_memory_mb"),
    }
    status = Cell(
        run.status,
        run.status,
        look=run.status,
        spoken=run.error,
        more=run.stderr,
    )
    cells = {
        "framework": Cell(framework_name(run.framework), run.framework),
        "cell": Cell(cell_name(run.cell), run.cell),
        "metric": score_cell(metric, found.get("metric")),
        "seed": Cell(str(run.seed), run.seed),
        "status": status,
        "started, UTC": began_cell(run.began),
        **{name: number_cell(value) for name, value in values.items()},
    }
    return Line(tuple(cells[heading] for heading in RUN_HEADINGS))


def score_cell(metric: str, value: float | None) -> Cell:
    if value is None or not math.isfinite(value):
        return Cell("-", None)
    return Cell(score_text(metric, value), scaled(metric, value))


def began_cell(text: str) -> Cell:
    short = text.replace("T", " ").removesuffix("+00:00")
    return Cell(short or "-", text)


def number_cell(value: float | None) -> Cell:
    if value is None or not math.isfinite(value):
        return Cell("-", None)
    text = shown(value) if isinstance(value, int) else f"{value:.4g}"
    return Cell(text, value)

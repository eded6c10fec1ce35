"""Section of the page: every run."""

import math
from collections.abc import Mapping

from comparisons.analysis.frame import NUMBERS, runs_frame
from comparisons.analysis.loading import Comparison
from comparisons.analysis.machines import identity
from comparisons.analysis.shown import first_seeds
from comparisons.records.compact import column
from comparisons.records.record import RunRecord
from comparisons.report.blocks import Block, Cell, Note, Table, TableRow
from comparisons.report.tables import shown
from shared.exhibits.names import (
    cell_name,
    framework_name,
    metric_name,
    scaled,
    score_text,
)

FORMS = {
    "epochs": ",",
    **dict.fromkeys(("first loss", "last loss"), ".4g"),
    **dict.fromkeys(("peak MB", "GPU MB"), ",.0f"),
}
"""Heading -> the format of its numbers, if they are not times."""

LISTED = 1000
"""Runs that have a row."""


def runs_section(part: Comparison) -> list[Block]:
    """A row for each run, with the end of its standard error."""
    task = part.summary.task
    runs = first_seeds(part.records, LISTED)
    found = runs_frame(runs, task.metric)[list(NUMBERS)].to_dict("records")
    lines = [
        run_cells(run, task.metric, numbers) | machine_cell(part, run)
        for run, numbers in zip(runs, found)
    ]
    if not any(numbers["device_memory_mb"] > 0 for numbers in found):
        for line in lines:
            del line["GPU MB"]
    headings = tuple(lines[0])
    words = {"framework", "cell", "status", "started, UTC", "machine"}
    omitted = Note(
        f"The runs of the first seeds: {len(runs):,} of {len(part.records):,}; "
        "all are in runs.jsonl."
    )
    return [
        *[omitted] * (len(runs) < len(part.records)),
        Table(
            name=f"{part.slug}-runs",
            caption=f"Every run of {task.name}",
            headings=headings,
            rows=tuple(TableRow(tuple(line.values())) for line in lines),
            heads=3,
            numeric=frozenset(headings) - words,
            sortable=True,
        ),
    ]


def machine_cell(part: Comparison, run: RunRecord) -> dict[str, Cell]:
    """The letter of its machine, where there are several."""
    known = part.summary.machines
    name = known.get(identity(run), "-")
    return {"machine": Cell(name, name)} if len(known) > 1 else {}


def run_cells(
    run: RunRecord, metric: str, found: Mapping[str, float]
) -> dict[str, Cell]:
    """Heading -> the cell of a run; found: its NUMBERS."""
    losses = column(run.epochs, "loss")
    score = found["metric"]
    values = {
        "epochs": len(losses) or None,
        "first loss": losses[0] if losses else None,
        "last loss": losses[-1] if losses else None,
        "train s": found["train_seconds"],
        "compile s": found["compile_seconds"],
        "ms/step": found["step_ms"],
        "peak MB": found["peak_memory_mb"],
        "GPU MB": found["device_memory_mb"],
    }
    cells = {
        "framework": Cell(framework_name(run.framework), run.framework),
        "cell": Cell(cell_name(run.cell), run.cell),
        "seed": Cell(str(run.seed), run.seed),
        "status": Cell(
            run.status,
            run.status,
            status=run.status,
            error=run.error,
            stderr=run.stderr,
        ),
        metric_name(metric): Cell("-"),
        **dict.fromkeys(values, Cell("-")),
    }
    if math.isfinite(score):
        text = score_text(metric, score)
        cells[metric_name(metric)] = Cell(text, scaled(metric, score))
    for name, value in values.items():
        if value is not None and math.isfinite(value):
            form = FORMS.get(name, ".2f")
            cells[name] = Cell(shown(value, form), value)
    began = run.began.replace("T", " ").removesuffix("+00:00")
    return cells | {"started, UTC": Cell(began or "-", run.began)}

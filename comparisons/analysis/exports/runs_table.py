"""One line a run: settings, versions, machine, and what was measured."""

import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pandas as pd

from comparisons.analysis.frame import NUMBERS
from comparisons.analysis.speed.untimed import has_times
from comparisons.analysis.statistics import quartiles
from comparisons.analysis.summary import Summary
from comparisons.records.compact import column
from comparisons.records.record import Run, RunRecord
from comparisons.records.spec import PARTS
from shared.files.atomic import write_whole

RUNS = "runs.parquet"

FIELDS = (
    *("task", "dataset", "framework", "cell", "seed", "status", "error"),
    *("key", "metric", "steps_per_epoch", "kernels", "validation_seconds"),
    *("best_epoch", "began", "seconds", "timing", "commit", "command"),
)
"""Fields of a record that are columns as they are."""

RUN_FIELDS = (
    *("validation", "scoring_seconds", "wall_seconds", "padding", "batches"),
    *("checkpoint",),
)
"""The same of a run that has a result."""

SPEC_FIELDS = ("preset", "init", "device", "precision", "threads")


def runs_table(summary: Summary) -> pd.DataFrame:
    """A line for each run; `epoch_seconds` and `inference_seconds` are lists.

    Runs that are scored, not timed, have no seconds.

    Columns such as `model.hidden_size`, `versions.torch`, `machine.cores`, and
    `scores.accuracy` are the fields of the record's parts.
    """
    numbers = summary.runs[list(NUMBERS)].rename(columns={"metric": "score"})
    lines = [dict(line_of(run)) for run in summary.records]
    frame = pd.DataFrame(lines).join(numbers.reset_index(drop=True))
    for name, values in frame.items():
        if values.dtype != object:
            continue
        mixed = len({*map(type, values.dropna())}) > 1
        text = values.map(json.dumps, na_action="ignore") if mixed else values
        frame[name] = text.convert_dtypes()
    return frame


def line_of(run: RunRecord) -> Iterator[tuple[str, Any]]:
    """Name and value of each cell but the NUMBERS of a run."""
    for name in FIELDS:
        yield name, getattr(run, name)
    for name in SPEC_FIELDS:
        yield name, getattr(run.spec, name)
    parts = {name: getattr(run.spec, name) for name in PARTS}
    parts["machine"] = msgspec.structs.asdict(run.machine)
    parts["versions"] = run.versions
    if isinstance(run, Run):
        parts |= {"scores": run.scores, "checks": run.checks}
    for part, fields in parts.items():
        for name, value in fields.items():
            many = isinstance(value, list | tuple | dict)
            yield f"{part}.{name}", json.dumps(value) if many else value
    if isinstance(run, Run):
        yield from result_of(run)


def result_of(run: Run) -> Iterator[tuple[str, Any]]:
    """The cells of a run with a result; of its times, if it was timed."""
    for name in RUN_FIELDS:
        yield name, getattr(run, name)
    if not has_times(run):
        return
    seconds = column(run.epochs, "seconds")
    step_ms = [1e3 * s / run.steps_per_epoch for s in seconds[1:]]
    yield "step_ms_iqr", quartiles(step_ms)[1]
    yield "epoch_seconds", seconds
    yield "inference_seconds", list(run.inference_seconds)


def write_runs(summary: Summary, path: Path) -> None:
    content = io.BytesIO()
    runs_table(summary).to_parquet(content, index=False)
    write_whole(path, content.getvalue())

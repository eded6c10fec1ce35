"""A task from its data to its numbers: the chapters around the code."""

import csv
import inspect
from pathlib import Path
from typing import NamedTuple

from comparisons.records.environment import ROOT
from shared.exhibits.names import (
    cell_name,
    framework_name,
    metric_name,
    score_text,
)
from shared.specs import CELLS
from shared.task import Task

CHAPTERS = {
    "differs": ("What differs", "The idioms that change from one framework "
        "to another, each with the line of each."),
    "data": ("Data", "The task defines its data once, as NumPy arrays that "
        "all frameworks read; each moves the same batches to its device."),
    "cell": ("Cell", "One time step is the equation. Marked words are what "
        "you change to move from one framework to another."),
    "layer": ("Layer over time", "The framework's own layer, then the loop "
        "over time from scratch around the cell."),
    "model": ("Model", "What is around the recurrent layers: inputs, "
        "pooling, and the output layer."),
    "loss": ("Loss", "One number for a batch, without the padded steps."),
    "step": ("Training step", "Gradients, clipping, and the update of the "
        "optimizer, with every constant written out."),
    "loop": ("Training loop", "Epochs over the same batches in the same "
        "order."),
    "evaluation": ("Evaluation", "Outputs on the test split, which the task "
        "scores in NumPy."),
    "numbers": ("Numbers", "What the recorded comparison of the three "
        "frameworks gives."),
    "weights": ("Weights in and out", "One canonical layout, so that all "
        "frameworks start from equal weights and read each other's "
        "checkpoints."),
}  # fmt: skip
"""Part of the page -> title and summary, in the order of reading."""


class Numbers(NamedTuple):
    """Scores of a recorded comparison.

    rows: cell, framework, score, milliseconds of a step.
    """

    metric: str
    rows: list[tuple[str, str, str, str]]
    command: str


def numbers(task: Task, root: Path = ROOT) -> Numbers:
    """The results of docs/TASK, or none, and the command that makes them."""
    command = f"compare.py --task {task.name} --out docs/{task.name}"
    path = root / "docs" / task.name / "results.csv"
    if not path.exists():
        return Numbers(metric_name(task.metric), [], command)
    with path.open(encoding="utf-8", newline="") as file:
        found = list(csv.DictReader(file))
    rows = [
        (
            cell_name(row["cell"]),
            framework_name(row["framework"]),
            score_text(task.metric, float(row["metric_mean"] or "nan")),
            figure(row.get("step_ms_median", "")),
        )
        for row in found
        if row.get("metric") == task.metric
    ]
    rows.sort(key=lambda row: [cell_name(cell) for cell in CELLS].index(row[0]))
    return Numbers(metric_name(task.metric), rows, command)


def figure(text: str) -> str:
    """A number with four digits; empty where there is none."""
    return f"{float(text):.4g}" if text else ""


def task_source(task: Task, root: Path = ROOT) -> tuple[str, str]:
    """The path of the file that loads a task's data, and its text."""
    path = Path(inspect.getsourcefile(task.load) or "")
    text = path.read_text("utf-8")
    inside = path.is_relative_to(root)
    return str(path.relative_to(root) if inside else path), text

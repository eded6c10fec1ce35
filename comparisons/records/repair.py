"""Records of other versions or by hand: what they lack is filled or said."""

from __future__ import annotations

import math
from typing import Any

from comparisons.records.store import Record
from shared.errors import UserError
from shared.tasks import get_task

PLACE = {"framework": "?", "cell": "?", "seed": 0, "command": "", "commit": ""}
"""What every record has, and what stands for it."""


def mended(record: Record) -> Record:
    """A record with all fields that are read without a question."""
    if not record.get("task"):
        raise UserError(f"a record of kind '{record['kind']}' names no task")
    whole = {**PLACE, **{n: v for n, v in record.items() if v is not None}}
    for name in ("spec", "machine", "versions"):
        whole[name] = dict(whole.get(name) or {})
    whole["spec"].setdefault("init", "")
    if whole["status"] == "ok":
        lacking = LACKING.get(whole["kind"], lambda record: "")(whole)
        if lacking:
            whole["status"] = "failed"
            whole["error"] = f"the record lacks {lacking}"
    if whole["status"] != "ok":
        whole.setdefault("error", "")
    return whole


def lacks_of_run(run: Record) -> str:
    """The first field without which a run has no row."""
    metric = metric_of(run)
    if not is_number((run.get("scores") or {}).get(metric)):
        return f"the score '{metric}'"
    epochs = run.get("epochs") or []
    if not epochs or not all(is_number(e.get("seconds")) for e in epochs):
        return "the seconds of its epochs"
    if not run.get("steps_per_epoch"):
        return "its steps per epoch"
    run.setdefault("inference_seconds", [])
    run.setdefault("peak_memory_mb", math.nan)
    return ""


def lacks_of_baselines(record: Record) -> str:
    """Whether the baselines have the task's metric."""
    metric = metric_of(record)
    known = record.get("baselines")
    record.setdefault("floor", None)
    if known is None:
        return "its baselines"
    return "" if all(metric in known[name] for name in known) else metric


def lacks_of_proof(record: Record) -> str:
    """Whether each gate has its measured value and its limit."""
    names = ("case", "gate", "measured", "limit")
    gaps = record.setdefault("gaps", [])
    whole = [gap for gap in gaps if all(n in gap for n in names)]
    for gap in whole:
        if gap["measured"] is None:  # not finite when it was measured
            gap["measured"] = math.inf
    lost = len(gaps) - len(whole)
    record["gaps"] = whole
    return f"parts of {lost} gates" if lost else ""


def metric_of(record: Record) -> str:
    """The score by which its cells are compared."""
    return get_task(record["task"], record.get("metric", "")).metric


def is_number(value: Any) -> bool:
    """Whether a value is a finite number."""
    return isinstance(value, int | float) and math.isfinite(value)


LACKING = {
    "run": lacks_of_run,
    "baselines": lacks_of_baselines,
    "equivalence": lacks_of_proof,
}

"""Records of version 1 as the fields of version 2."""

from __future__ import annotations

import math
from typing import Any

from comparisons.records.record import PARTS, Run, Stopped
from shared.errors import UserError
from shared.fields import current_fields
from shared.task import Task
from shared.tasks import get_task

PLACE = {"framework": "?", "cell": "?", "seed": 0, "command": "", "commit": ""}
"""What stands for a field that every record has."""

SPEC = ("task", "framework", "cell", "seed")

OF_RESULT = {*Run.__struct_fields__} - {*Stopped.__struct_fields__}
"""Fields of a run that has a result alone."""

CHECKS = {
    "loss is finite": "loss_is_finite",
    "loss fell": "loss_decreased",
    "parts sum to wall time": "timings_add_up",
    "parameters as the closed form": "parameters_match",
    "weights kept": "checkpoint_saved",
}
"""Self-check of version 1 -> its name."""


def upgraded(old: dict[str, Any]) -> dict[str, Any]:
    """The fields of a record; one that names no task raises UserError.

    The spec of version 1 has what was given alone; the complete model and
    training are fields of runs.
    """
    new = {name: value for name, value in old.items() if value is not None}
    spec = new.get("spec") or {}
    new = {**PLACE, **{n: spec[n] for n in SPEC if n in spec}, **new}
    if not new.get("task"):
        raise UserError(f"a record of kind '{new['kind']}' names no task")
    given = {name: spec.get(name) or {} for name in PARTS}
    whole = {name: new.pop(f"{name}_spec", None) for name in PARTS}
    task = get_task(new["task"])
    new["overrides"] = {n: renamed(task, n, given[n]) for n in PARTS}
    parts = {n: renamed(task, n, whole[n] or given[n]) for n in PARTS}
    new["spec"] = {**{name: new[name] for name in SPEC}, **spec, **parts}
    for name in ("machine", "versions"):
        new.setdefault(name, {})
    if new["kind"] in ("run", "baselines"):
        new.setdefault("metric", task.metric)
    if "checks" in new:
        held = new["checks"].items()
        new["checks"] = {CHECKS.get(name, name): value for name, value in held}
    if "gaps" in new:
        new["deviations"] = [deviation(gap) for gap in new.pop("gaps")]
    if "layers" in new:
        new["impl"] = new.pop("layers")
    new["kind"] = kind_of(new)
    if new["status"] != "ok":
        new = {n: value for n, value in new.items() if n not in OF_RESULT}
    return new


def renamed(task: Task, part: str, given: dict[str, Any]) -> dict[str, Any]:
    """The fields of a part of a spec under the names of today."""
    return current_fields(given, vars(getattr(task, part)))


def deviation(gap: dict[str, Any]) -> dict[str, Any]:
    """A deviation; what was not finite when it was measured is null."""
    found = {"check" if n == "gate" else n: v for n, v in gap.items()}
    if found.get("measured", 0.0) is None:
        found["measured"] = math.inf
    return found


def kind_of(new: dict[str, Any]) -> str:
    """The kind, named as in version 2."""
    if new["kind"] == "bench" and "unit" in new:
        return "bench-rounds"
    return {"gates": "verification"}.get(new["kind"], new["kind"])

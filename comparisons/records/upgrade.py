"""Records of version 1 as the fields of version 2."""

import math
from collections.abc import Callable
from functools import cache
from typing import Any

from comparisons.records.record import Run, Stopped
from comparisons.records.spec import PARTS
from shared.datasets.corpora import SAME
from shared.fields import current_fields
from shared.tasks import get_task, stored_data

MISSING: dict[str, Any] = {"framework": "?", "cell": "?", "seed": 0}
MISSING |= {"command": "", "commit": "", "machine": {}, "versions": {}}
"""The values of fields that a record lacks."""

SPEC = ("task", "framework", "cell", "seed")

RESULT = {*Run.__struct_fields__} - {*Stopped.__struct_fields__}
"""Fields that only a run with a result has."""

CHECKS = {
    "loss is finite": "loss_is_finite",
    "loss fell": "loss_decreased",
    "parts sum to wall time": "timings_add_up",
    "parameters as the closed form": "parameters_match",
    "weights kept": "checkpoint_saved",
}
"""Self-check of version 1 -> its name."""


task_of = cache(get_task)


def upgraded(old: dict[str, Any]) -> dict[str, Any]:
    """The fields of a record; ValueError if one has another type.

    An unknown task raises SpecError.
    """
    try:
        return renamed(old)
    except (AttributeError, TypeError, LookupError) as error:
        text = f"a field has another type than in version 1: {error}"
        raise ValueError(text) from error


def renamed(old: dict[str, Any]) -> dict[str, Any]:
    """The fields under the names of version 2.

    The spec of version 1 has what was given alone; the complete model and
    training are fields of runs.
    """
    new = {name: value for name, value in old.items() if value is not None}
    spec = new.get("spec") or {}
    new = {**MISSING, **{n: spec[n] for n in SPEC if n in spec}, **new}
    if not new.get("task"):
        raise ValueError("it names no task")
    task = task_of(new["task"])
    given = current_fields(spec.get("data") or {}, vars(task.data))
    data = stored_data(task, spec.get("preset", ""), given)
    spec = {**spec, "data": data}
    # The same command would have another meaning today.
    flags = (f" --{n} {data[n]}" for n in data.keys() - given.keys())
    new["command"] += "".join(flags)
    new["overrides"], complete = {}, {}
    for part in PARTS:
        usual, given = vars(getattr(task, part)), spec.get(part) or {}
        whole = new.pop(f"{part}_spec", None) or given
        new["overrides"][part] = current_fields(given, usual)
        complete[part] = current_fields(whole, usual)
    new["spec"] = {**{name: new[name] for name in SPEC}, **spec, **complete}
    if new["kind"] in ("run", "baselines"):
        new.setdefault("metric", task.metric)
    for name, (name_now, convert) in CONVERTED.items():
        if name in new:
            new[name_now] = convert(new.pop(name))
    if new["kind"] == "bench" and "unit" in new:
        new["kind"] = "bench-rounds"
    if new["status"] != "ok":
        new = {n: value for n, value in new.items() if n not in RESULT}
    return new


def deviation(gap: dict[str, Any]) -> dict[str, Any]:
    """A deviation; what was not finite when it was measured is null."""
    new = {"check" if n == "gate" else n: v for n, v in gap.items()}
    if new.get("measured", 0.0) is None:
        new["measured"] = math.inf
    return new


CONVERTED: dict[str, tuple[str, Callable[[Any], Any]]] = {
    "checks": ("checks", lambda old: {CHECKS.get(n, n): old[n] for n in old}),
    "metadata": (
        "metadata",
        lambda old: {
            n: v.replace("% scored", f"% {SAME}") if n == "split" else v
            for n, v in old.items()
        },
    ),
    "gaps": ("deviations", lambda old: list(map(deviation, old))),
    "layers": ("impl", str),
    "kind": ("kind", lambda old: "verification" if old == "gates" else old),
}
"""Field of version 1 -> its name in version 2, and what makes its value."""

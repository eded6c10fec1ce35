"""Runs whose seconds are no result: nothing computes with them."""

import math
from collections.abc import Iterable
from typing import Any

from msgspec.structs import replace

from comparisons.analysis.machines import identity, timing_machine
from comparisons.records.compact import Epochs, column
from comparisons.records.record import Run, RunRecord

CLOCK = "timings_add_up"
"""The self-check of seconds."""

NONE = {"seconds": math.nan, "validation_seconds": math.nan}
NO_RESULT = {
    **dict.fromkeys(("scoring_seconds", "wall_seconds"), math.nan),
    "inference_seconds": (),
    **dict.fromkeys(("peak_memory_mb", "device_memory_mb")),
}
"""Field of a run with a result -> its value where nothing was timed; other
runs of its process count in its memory too."""


def results_of(runs: Iterable[RunRecord]) -> list[RunRecord]:
    """The runs; those whose times no table compares are without them.

    Those of runs that were scored only, and of all machines but one.
    """
    found = list(runs)
    machine = timing_machine(found)
    return [
        run
        if run.timing == "timed" and machine in (None, identity(run))
        else untimed(run)
        for run in found
    ]


def untimed(run: RunRecord) -> RunRecord:
    """A run without its seconds; the one of the store is left as it is."""
    seconds = [math.nan] * len(run.epochs)
    losses, scores = column(run.epochs, "loss"), run.epochs
    epochs = Epochs.of(losses, seconds, column(scores, "validation"))
    fields: dict[str, Any] = NONE | {"epochs": epochs}
    if isinstance(run, Run):
        checks = {n: v for n, v in run.checks.items() if n != CLOCK}
        fields |= NO_RESULT | {"checks": checks}
    return replace(run, **fields)


def has_times(run: RunRecord) -> bool:
    return not math.isnan(run.seconds)

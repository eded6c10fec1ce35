"""The numbers of a run by which two comparisons are told apart."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from comparisons.analysis.statistics import mean
from shared.task import Task


@dataclass(frozen=True)
class Measure:
    """A number of each run; `join` makes one of those of all seeds.

    column: of the frame of runs; untested: why no test applies, if none
    does; timed: whether it depends on the machine's state; form: how it is
    written.
    """

    name: str
    column: str
    better: str = "lower"
    join: Callable[[Sequence[float]], float] = mean
    untested: str = ""
    timed: bool = False
    form: str = ".2f"


def measures(task: Task) -> tuple[Measure, ...]:
    """What is compared of each row."""
    whole = "one number a process, not one a seed"
    return (
        Measure(task.metric, "metric", task.better, form=".4f"),
        Measure("ms/step", "step_ms", timed=True),
        Measure("train s", "train_seconds", timed=True),
        Measure("compile s", "compile_seconds", join=max, untested=whole),
        Measure(
            "memory MB",
            "peak_memory_mb",
            join=max,
            untested=whole,
            form=",.0f",
        ),
        Measure("parameters", "parameters", untested="a count", form=",.0f"),
    )

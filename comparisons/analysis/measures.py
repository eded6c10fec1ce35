"""The numbers of a run in which two comparisons are compared."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from comparisons.analysis.statistics import mean
from shared.exhibits.names import metric_name, score_text
from shared.task import Task


@dataclass(frozen=True)
class Measure:
    """A number of each run; `join` makes one of those of all seeds.

    column: of the frame of runs; untested: why no test applies, if none
    does; timed: whether it depends on the machine's state; form: of its
    numbers, those of the task's metric have their own.
    """

    name: str
    column: str
    better: str = "lower"
    join: Callable[[Iterable[float]], float] = mean
    untested: str = ""
    timed: bool = False
    form: str = ".2f"

    @property
    def title(self) -> str:
        return self.name if self.form else metric_name(self.name)

    def text(self, value: float) -> str:
        form = self.form
        return format(value, form) if form else score_text(self.name, value)


def measures(task: Task) -> tuple[Measure, ...]:
    """The measures that are compared of each row."""
    whole = ("lower", max, "one number per process", False)
    return (
        Measure(task.metric, "metric", task.better, form=""),
        Measure("ms/step", "step_ms", timed=True),
        Measure("train s", "train_seconds", timed=True),
        Measure("compile s", "compile_seconds", *whole),
        Measure("peak MB", "peak_memory_mb", *whole, ",.0f"),
        Measure("parameters", "parameters", untested="a count", form=",.0f"),
    )

"""What executes the runs of a comparison: the interface of all engines.

The runner decides what is to be done and keeps the records; an engine only
executes.
"""

from collections.abc import Generator, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Protocol

from comparisons.frameworks import resolve_run
from comparisons.worker.messages import Message
from shared.specs import RunSpec

BASELINES = ("baselines", "")
"""The row of the process that computes baselines."""

JOBS = {
    "run": "run",
    "trial": "trial",
    "baselines": "baselines",
    "equivalence": "short",
}
"""Kind of a record -> the worker's job that finds its fields."""

REQUIRED = ("gpu", "mps")
"""Devices whose absence ends the comparison."""

TRAININGS = ("run", "trial")
"""Kinds whose workers report each epoch."""

TIMED, SCORED = "timed", "scored"


@dataclass(frozen=True)
class WorkItem:
    """One record to make: its kind, its run, and the fields of its request.

    key: that of the record.
    """

    kind: str
    key: str
    run: RunSpec
    request: dict[str, Any] = field(default_factory=dict)

    @property
    def row(self) -> tuple[str, str]:
        """Framework and cell, or BASELINES."""
        if self.kind == "baselines":
            return BASELINES
        return self.run.framework, self.run.cell

    @property
    def job(self) -> str:
        return JOBS[self.kind]


def packed(item: WorkItem) -> Message:
    """An item as another process reads it.

    The classes of a task's own file are in no module that it can import.
    """
    return {**vars(item), "run": asdict(item.run)}


def unpacked(message: Message) -> WorkItem:
    """The item; the task of its run is imported, or its file read."""
    return WorkItem(**message | {"run": resolve_run(**message["run"])})


class Watch(Protocol):
    """What an engine reports to the runner, in the runner's thread."""

    def say(self, text: str) -> None: ...

    def begin(self, item: WorkItem) -> None:
        """Before an item is waited for, or before its fields are given."""

    def event(self, message: Message) -> None:
        """A message of the item that began last, such as its epoch."""


Finished = tuple[WorkItem, Message]
"""An item, and the fields of its record."""


class Engine(Protocol):
    """Executes items.

    timing: that of the runs which satisfy its requests: a timed run
    satisfies a scored request, a scored one no timed request.
    """

    @property
    def timing(self) -> str: ...

    def finish(
        self, items: Sequence[WorkItem], watch: Watch
    ) -> Generator[Finished, None, None]:
        """Execute all items; each and its fields, as soon as it is finished.

        An item that fails has the fields of a failure. Closing the iterator
        ends what is at work.
        """

    def close(self) -> None:
        """End every process."""

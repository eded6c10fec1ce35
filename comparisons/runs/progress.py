"""Progress in the terminal: bars, plain lines, or nothing."""

from typing import Any

from rich.console import Console
from rich.progress import (
    BarColumn,
    Progress,
    Task,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.text import Text

from comparisons.analysis.tables import in_notebook, make_console
from comparisons.records.record import Run
from comparisons.records.spec import Record
from comparisons.worker.messages import Message
from shared.exhibits.names import metric_name, row_name, score_text
from shared.printable import one_line
from shared.specs import RunSpec
from shared.tasks import get_task

WIDE, CLOCKS = 100, 16
"""Columns of a terminal from which the bar is long, and those of clocks."""


class Silence:
    """What a runner reports, to nobody."""

    def say(self, text: str) -> None: ...

    def prepare(self, text: str, number: int, total: int) -> None: ...

    def begin(
        self, run: RunSpec, number: int, total: int, setting: str = ""
    ) -> None: ...

    def epoch(self, message: Message) -> None: ...

    def end(self, record: Record) -> None: ...

    def close(self) -> None: ...


class Lines(Silence):
    """validation: whether a run is shown by its validation score."""

    def __init__(self, console: Console, validation: bool = False):
        self.console, self.validation = console, validation
        self.label = ""

    def say(self, text: str, style: str = "") -> None:
        how: dict[str, Any] = {"highlight": False, "markup": False}
        self.console.print(text, style=style or None, soft_wrap=True, **how)

    def begin(
        self, run: RunSpec, number: int, total: int, setting: str = ""
    ) -> None:
        name = row_name(run.framework, run.cell)
        self.label = f"[{number}/{total}] {name} seed {run.seed}"
        if setting:
            self.label += f", {setting}"

    def end(self, record: Record) -> None:
        outcome = one_line(f"{record.status}: {record.error}")
        if done := isinstance(record, Run):
            metric, score = record.metric, record.scores[record.metric]
            outcome = f"{metric_name(metric)} {score_text(metric, score)}"
            if self.validation:
                metric = get_task(record.task, metric).validation_metric
                value = score_text(metric, record.validation)
                outcome = f"validation {metric_name(metric)} {value}"
            seconds = sum(epoch.seconds for epoch in record.epochs)
            if record.timing == "timed":
                outcome += f" in {seconds:.1f} s"
        self.say(f"{self.label}: {outcome}", "" if done else "red")


class TimeLeft(TimeRemainingColumn):
    """That of all runs; preparing says nothing of it."""

    def render(self, task: Task) -> Text:
        return super().render(task) if task.fields["timed"] else Text()


class Bars(Lines):
    """A bar of the whole comparison: the run, its epoch and loss, a clock.

    The time left is that of all runs.
    """

    def __init__(self, console: Console, validation: bool = False):
        super().__init__(console, validation)
        self.width = 16 if console.width >= WIDE else 8
        self.bars = Progress(
            TextColumn("{task.description}", markup=False),
            BarColumn(bar_width=self.width),
            TextColumn("{task.fields[state]}", markup=False),
            TimeElapsedColumn(),
            TimeLeft(compact=True),
            console=console,
            transient=True,
        )
        self.bar: TaskID | None = None
        self.done = 0
        self.bars.start()

    def prepare(self, text: str, number: int, total: int) -> None:
        if number == 1:
            fields: dict[str, Any] = {"total": total, "state": ""}
            self.bar = self.bars.add_task(text, timed=False, **fields)
        if self.bar is not None:
            self.bars.update(self.bar, description=text, completed=number - 1)

    def begin(
        self, run: RunSpec, number: int, total: int, setting: str = ""
    ) -> None:
        super().begin(run, number, total, setting)
        if number == 1 or self.bar is None:
            if self.bar is not None:
                self.bars.remove_task(self.bar)
            self.bar = self.bars.add_task(
                self.label, total=total, state="", timed=True
            )
        self.done = number - 1
        fields: dict[str, Any] = {"description": self.label, "state": ""}
        self.bars.update(self.bar, completed=self.done, **fields)

    def epoch(self, message: Message) -> None:
        fields: dict[str, Any] = {}
        if message["event"] == "batch":
            done = message["done"]
        else:
            done = message["epoch"] + 1
            epoch = f"epoch {done}/{message['epochs']}"
            fields["state"] = self.fitting(
                f"{epoch} loss {message['loss']:.4f}", epoch
            )
        if self.bar is not None:
            completed = self.done + done / message["epochs"]
            self.bars.update(self.bar, completed=completed, **fields)

    def fitting(self, *texts: str) -> str:
        """The first text for which the line has room, "" if it has none."""
        room = self.console.width - len(self.label) - self.width - CLOCKS
        return next((text for text in texts if len(text) <= room), "")

    def close(self) -> None:
        self.bars.stop()


def make_progress(quiet: bool, validation: bool = False) -> Silence:
    """Bars on a terminal, lines elsewhere, nothing when quiet.

    A notebook shows standard error as errors.
    """
    if quiet:
        return Silence()
    console = make_console(stderr=not in_notebook())
    kind = Bars if console.is_terminal else Lines
    return kind(console, validation)

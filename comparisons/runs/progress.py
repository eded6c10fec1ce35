"""Progress for the one who waits: a bar, plain lines, or nothing."""

from __future__ import annotations

from rich.console import Console
from rich.progress import (
    BarColumn,
    Progress,
    TaskID,
    TextColumn,
    TimeRemainingColumn,
)

from comparisons.records.store import Record
from comparisons.runs.processes import Message
from shared.specs import RunSpec


class Silence:
    """No progress output."""

    def say(self, text: str) -> None: ...

    def begin(self, run: RunSpec, number: int, total: int) -> None: ...

    def epoch(self, message: Message) -> None: ...

    def end(self, record: Record) -> None: ...

    def close(self) -> None: ...


class Lines(Silence):
    """One plain line per run, for files and pipes."""

    def __init__(self, console: Console):
        self.console = console
        self.label = ""

    def say(self, text: str) -> None:
        self.console.print(text, highlight=False, soft_wrap=True, markup=False)

    def begin(self, run: RunSpec, number: int, total: int) -> None:
        self.label = f"[{number}/{total}] {label(run)}"

    def end(self, record: Record) -> None:
        self.say(f"{self.label}: {outcome(record)}")


class Bars(Lines):
    """A bar per run with its epoch, loss and remaining time."""

    def __init__(self, console: Console):
        super().__init__(console)
        self.bars = Progress(
            TextColumn("{task.description}"),
            BarColumn(bar_width=16),
            TextColumn("{task.fields[state]}"),
            TimeRemainingColumn(compact=True),
            console=console,
            transient=True,
        )
        self.bar = TaskID(0)
        self.bars.start()

    def begin(self, run: RunSpec, number: int, total: int) -> None:
        super().begin(run, number, total)
        text = self.label.replace("[", "\\[")
        self.bar = self.bars.add_task(text, total=None, state="")

    def epoch(self, message: Message) -> None:
        if message["event"] == "batch":
            self.bars.update(
                self.bar, completed=message["done"], total=message["epochs"]
            )
            return
        done, total = message["epoch"] + 1, message["epochs"]
        state = f"epoch {done}/{total} loss {message['loss']:.4f}"
        self.bars.update(self.bar, completed=done, total=total, state=state)

    def end(self, record: Record) -> None:
        self.bars.remove_task(self.bar)
        super().end(record)

    def close(self) -> None:
        self.bars.stop()


def make_progress(console: Console, quiet: bool) -> Silence:
    """Bars on a terminal, lines elsewhere, nothing when quiet."""
    if quiet:
        return Silence()
    return Bars(console) if console.is_terminal else Lines(console)


def label(run: RunSpec) -> str:
    return f"{run.framework} {run.cell} seed {run.seed}"


def outcome(record: Record) -> str:
    if record["status"] != "ok":
        return f"{record['status']}: {record['error']}"
    metric = record["metric"]
    seconds = sum(epoch["seconds"] for epoch in record["epochs"])
    return f"{metric} {record['scores'][metric]:.4f} in {seconds:.1f} s"

"""Progress in the terminal: bars, plain lines, or nothing."""

from rich.console import Console
from rich.progress import (
    BarColumn,
    Progress,
    TaskID,
    TextColumn,
    TimeRemainingColumn,
)

from comparisons.analysis.tables import make_console
from comparisons.records.record import Run
from comparisons.records.spec import Record
from comparisons.worker.messages import Message
from shared.exhibits.names import metric_name, row_name, score_text
from shared.printable import one_line
from shared.specs import RunSpec


class Silence:
    """What a runner reports, to nobody."""

    def say(self, text: str) -> None: ...

    def begin(self, run: RunSpec, number: int, total: int) -> None: ...

    def epoch(self, message: Message) -> None: ...

    def end(self, record: Record) -> None: ...

    def close(self) -> None: ...


class Lines(Silence):
    def __init__(self, console: Console):
        self.console = console
        self.label = ""

    def say(self, text: str) -> None:
        self.console.print(text, highlight=False, soft_wrap=True, markup=False)

    def begin(self, run: RunSpec, number: int, total: int) -> None:
        name = row_name(run.framework, run.cell)
        self.label = f"[{number}/{total}] {name} seed {run.seed}"

    def end(self, record: Record) -> None:
        outcome = one_line(f"{record.status}: {record.error}")
        if isinstance(record, Run):
            metric = record.metric
            score = score_text(metric, record.scores[metric])
            seconds = sum(epoch.seconds for epoch in record.epochs)
            outcome = f"{metric_name(metric)} {score} in {seconds:.1f} s"
        self.say(f"{self.label}: {outcome}")


class Bars(Lines):
    """A bar per run with its epoch, loss, and time left."""

    def __init__(self, console: Console):
        super().__init__(console)
        self.bars = Progress(
            TextColumn("{task.description}", markup=False),
            BarColumn(bar_width=16),
            TextColumn("{task.fields[state]}", markup=False),
            TimeRemainingColumn(compact=True),
            console=console,
            transient=True,
        )
        self.bar = TaskID(0)
        self.bars.start()

    def begin(self, run: RunSpec, number: int, total: int) -> None:
        super().begin(run, number, total)
        self.bar = self.bars.add_task(self.label, total=None, state="")

    def epoch(self, message: Message) -> None:
        if message["event"] == "batch":
            fields = {"completed": message["done"]}
        else:
            done = message["epoch"] + 1
            state = f"epoch {done}/{message['epochs']}"
            state += f" loss {message['loss']:.4f}"
            fields = {"completed": done, "state": state}
        self.bars.update(self.bar, total=message["epochs"], **fields)

    def end(self, record: Record) -> None:
        self.bars.remove_task(self.bar)
        super().end(record)

    def close(self) -> None:
        self.bars.stop()


def make_progress(quiet: bool) -> Silence:
    """Bars on a terminal, lines elsewhere, nothing when quiet."""
    if quiet:
        return Silence()
    console = make_console(stderr=True)
    return Bars(console) if console.is_terminal else Lines(console)

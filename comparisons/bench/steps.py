"""`compare.py bench steps`: our training step against a minimal loop by hand.

Both train the same model on the same batches in one process and take turns
epoch by epoch, so that the machine's moods fall on both alike. A language
model's epochs are long: there rounds of a few steps stand in their place.
"""

from __future__ import annotations

import shlex
from collections.abc import Callable
from itertools import chain
from typing import Any, NamedTuple

from rich.console import Console

from comparisons.analysis.tables import make_console
from comparisons.arguments.command_line import parse
from comparisons.arguments.options import check_options
from comparisons.bench.options import (
    check_minimal,
    hidden_sizes,
    of_sizes,
)
from comparisons.bench.records import record_rows
from comparisons.bench.tables import print_rates, print_ratios
from comparisons.records.measurements import Bench, BenchRounds
from comparisons.records.spec import Record
from comparisons.runs.plan import make_plan
from shared.errors import UserError
from shared.tasks import get_task


def main(arguments: list[str]) -> int:
    """Time every framework and cell asked for; print the ratios."""
    options = parse("bench steps", arguments)
    asked = tuple(chain.from_iterable(options.hidden_sizes or ()))
    choices = check_options(get_task(options.task), options)
    choices.seeds = 1
    check_minimal(choices)
    way = TIMING_MODES.get(choices.task.model.model, EPOCHS)
    sizes = hidden_sizes(choices, asked, way.sizes)
    given = "epochs" in choices.given
    epochs = choices.run.train.epochs if given else way.epochs
    if epochs < 2:
        raise UserError(
            f"epochs must be at least 2, not {epochs}: the first compiles and "
            "is not counted"
        )
    plan = make_plan(choices, shlex.join(["compare.py", "bench", *arguments]))
    records = record_rows(
        way.kind,
        of_sizes(plan.runs, sizes),
        choices,
        plan.command,
        timer=way.timer,
        epochs=epochs,
    )
    way.show(records, make_console())
    return 0


class TimingMode(NamedTuple):
    """How a model is timed.

    kind: of the records; timer: of `timing.training.TIMERS`; epochs: of each
    loop, the first of which compiles and is not counted; sizes: hidden
    sizes, () for the task's own; show: prints the records.
    """

    kind: type[Record]
    timer: str
    epochs: int
    sizes: tuple[int, ...]
    show: Callable[[list[Any], Console], None]


EPOCHS = TimingMode(Bench, "epochs", 21, (), print_ratios)
TIMING_MODES = {
    "language_model": TimingMode(
        BenchRounds, "rounds", 8, (128, 256, 512), print_rates
    )
}
"""Model -> how it is timed, if not by EPOCHS."""

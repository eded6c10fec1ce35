"""`compare.py bench steps`: our training step against a minimal loop by hand.

Both train the same model on the same batches in one process, alternating
epoch by epoch, so that slow drift of the machine affects both equally. A
language model's epochs are long: rounds of a few steps replace them.
"""

from argparse import Namespace
from collections.abc import Callable
from dataclasses import replace
from itertools import chain
from typing import Any, NamedTuple

from rich.console import Console

from comparisons.analysis.tables import make_console
from comparisons.arguments.command_line import parse
from comparisons.arguments.memory import check_memory
from comparisons.arguments.options import Options, check_options
from comparisons.arguments.parser import plain
from comparisons.bench.pytest_json import check_json, write_json
from comparisons.bench.records import command_line, record_rows
from comparisons.bench.tables import print_rates, print_ratios
from comparisons.frameworks import in_framework
from comparisons.runs.plan import make_plan
from shared.errors import UserError
from shared.tasks import get_task

ANY_MODEL = {
    "cell": ("rnn", "gru", "lstm"),
    "precision": ("float32", "tf32"),
    "optimizer": ("adam",),
    "lr_schedule": ("cosine",),
    "clip_value": (0.0,),
    "quantiles": ((),),
}
WHOLE_SEQUENCES = ANY_MODEL | {
    "model": ("forecaster", "classifier"),
    "pooling": ("last", "mean+max"),
    "num_layers": (1,),
}
LANGUAGE_MODEL = ANY_MODEL | {
    "input": ("embedding",),
    "tie_weights": (False,),
    "stateful": (True,),
}


class TimingMode(NamedTuple):
    """How a model is timed.

    kind: of the records; timer: of `timing.training.TIMERS`; epochs: of each
    loop, the first of which compiles and is not counted; sizes: hidden
    sizes, () for the task's own; minimal: what its loops are written for.
    """

    kind: str
    timer: str
    epochs: int
    sizes: tuple[int, ...]
    minimal: dict[str, tuple[Any, ...]]
    print_records: Callable[[list[Any], Console], None]


EPOCHS = TimingMode("bench", "epochs", 21, (), WHOLE_SEQUENCES, print_ratios)
ROUNDS = TimingMode(
    *("bench-rounds", "rounds", 8, (128, 256, 512)), LANGUAGE_MODEL, print_rates
)
"""Of language models."""


def main(arguments: list[str]) -> int:
    """Time every framework and cell; print the ratios."""
    flags = parse("bench steps", arguments)
    check_json(flags.json)
    options = check_options(get_task(flags.task), flags)
    options.seeds = 1
    language = options.task.model.model == "language_model"
    mode = ROUNDS if language else EPOCHS
    check_minimal(options, mode.minimal)
    sizes = hidden_sizes(options, flags, mode.sizes)
    given = "epochs" in options.given
    epochs = options.run.train.epochs if given else mode.epochs
    if epochs < 2:
        raise UserError(
            f"epochs must be at least 2, not {epochs}: the first compiles and "
            "is not counted"
        )
    plan = make_plan(options, command_line(*arguments))
    runs = [
        in_framework(
            replace(run, model=replace(run.model, hidden_size=size)),
            run.framework,
        )
        for run in plan.runs
        for size in sizes or [run.model.hidden_size]
    ]
    for run in runs:
        check_memory(run)
    where = (mode.kind, "bench", runs, options, plan.command)
    records = record_rows(*where, timer=mode.timer, epochs=epochs)
    mode.print_records(records, make_console())
    write_json(flags.json, records)
    return 0


def check_minimal(
    options: Options, minimal: dict[str, tuple[Any, ...]]
) -> None:
    """Raise UserError for a model that the minimal loops do not have."""
    run = options.run
    settings = {**vars(run.data), **vars(run), **vars(run.model)}
    settings |= vars(run.train)
    cells = [("cell", cell) for cell in options.cells]
    for name, value in (*settings.items(), *cells):
        if value not in minimal.get(name, (value,)):
            raise UserError(
                f"the minimal loops have no {name} {plain(value)}; "
                f"choices: {', '.join(map(plain, minimal[name]))}"
            )


def hidden_sizes(
    options: Options, flags: Namespace, default: tuple[int, ...]
) -> tuple[int, ...]:
    """The sizes given, else the default ones; () for the task's own size."""
    sizes = tuple(chain.from_iterable(flags.hidden_sizes or ()))
    matched = ["match_parameters"] * bool(options.match_parameters)
    for name in (*options.given, *matched):
        if name in ("hidden_size", "match_parameters"):
            if sizes:
                flag = name.replace("_", "-")
                raise UserError(
                    f"--{flag} and --hidden-sizes exclude each other"
                )
            return ()
    return sizes or default

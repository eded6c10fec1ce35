"""`compare.py bench generation`: how fast a language model writes.

The state is carried, so that a symbol costs the same however long the text
is: texts of several lengths are written by turns, alone and many at once.
Who writes whole chunks pays in full for the last one: there a short text
costs more a symbol.
"""

from __future__ import annotations

import shlex
from typing import Any

from rich import box
from rich.console import Console
from rich.table import Table

from comparisons.analysis.statistics import quartiles
from comparisons.arguments.options import parse_options
from comparisons.bench.options import take_numbers
from comparisons.bench.records import record_rows
from comparisons.records.store import Record
from comparisons.runs.plan import make_plan
from shared.errors import UserError
from shared.task import LanguageModelCodec
from shared.tasks import get_task, task_names

TASK = "charlm"
"""The task unless another is asked for."""

LENGTHS = (100, 200, 400, 800)
BATCHES = (1, 64)
"""Texts that are written at once."""

MORE = "--lengths N [N ...]: symbols of the texts, instead of 100 to 800"

TURNS = 5
"""Texts of each length; the first compiles and is not counted."""


def main(arguments: list[str]) -> int:
    lengths, rest = take_numbers(arguments, "--lengths")
    if not any(word.split("=")[0] == "--task" for word in rest):
        rest = ["--task", TASK, *rest]
    choices = parse_options(rest, "compare.py bench generation", MORE)
    choices.seeds = 1
    if not isinstance(choices.task.codec, LanguageModelCodec):
        names = [
            n
            for n in task_names()
            if isinstance(get_task(n).codec, LanguageModelCodec)
        ]
        raise UserError(
            f"task '{choices.task.name}' has no language model; choices: "
            f"{', '.join(names)}"
        )
    command = shlex.join(["compare.py", "bench", "generation", *arguments])
    plan = make_plan(choices, command)
    records = record_rows(
        "generation",
        plan.runs,
        choices,
        plan.command,
        timer="texts",
        lengths=sorted(lengths or LENGTHS),
        batches=BATCHES,
        turns=TURNS,
    )
    print_writing(records, Console(highlight=False))
    return 0


def of(record: Record, batch: int, length: int) -> list[dict[str, Any]]:
    """Measurements of texts of one length, the first text first."""
    wanted = (batch, length)
    texts = record["texts"]
    return [t for t in texts if (t["batch"], t["length"]) == wanted]


def cost(record: Record, batch: int, length: int) -> float:
    """Median seconds per token after the first piece; NaN without one."""
    texts = [t for t in of(record, batch, length)[1:] if t["rest_symbols"]]
    return quartiles([t["rest"] / t["rest_symbols"] / batch for t in texts])[0]


def first_seconds(record: Record, batch: int, length: int) -> float:
    """Median seconds until the first piece of a text."""
    return quartiles([t["first"] for t in of(record, batch, length)[1:]])[0]


def compile_seconds(record: Record, batch: int) -> float:
    """Extra seconds of the first text of each length."""
    total = 0.0
    for length in sizes(record, "length"):
        first, *later = (
            t["first"] + t["rest"] for t in of(record, batch, length)
        )
        total += max(0.0, first - quartiles(later)[0])
    return total


def sizes(record: Record, name: str) -> list[int]:
    return sorted({text[name] for text in record["texts"]})


def print_writing(records: list[Record], console: Console) -> None:
    lengths = sizes(records[0], "length")
    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0))
    for name in ("framework", "cell"):
        table.add_column(name)
    ends = ("ratio", "ms", "s")
    for name in ("B", "per s", *map(str, lengths), *ends):
        table.add_column(name, justify="right")
    for record in records:
        for batch in sizes(record, "batch"):
            row = figures(record, batch)
            table.add_row(record["framework"], record["cell"], *row)
    console.print(table)
    console.print(
        f"per s: symbols of all B texts, at length {lengths[-1]:,}; below each "
        "length: µs a\nsymbol; ratio: of the longest to the shortest; ms: "
        "until the first piece, not in\nthe others; s: what the first text of "
        "each length took longer, to compile"
    )


def figures(record: Record, batch: int) -> list[str]:
    lengths = sizes(record, "length")
    costs = [cost(record, batch, length) for length in lengths]
    return [
        str(batch),
        f"{1 / costs[-1]:,.0f}",
        *(f"{1e6 * seconds:.1f}" for seconds in costs),
        f"{costs[-1] / costs[0]:.2f}",
        f"{1e3 * first_seconds(record, batch, lengths[-1]):.1f}",
        f"{compile_seconds(record, batch):.1f}",
    ]

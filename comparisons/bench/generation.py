"""`compare.py bench generation`: how fast a language model writes.

The state is carried, so that a symbol costs the same however long the text
is: texts of several lengths are written by turns, alone and many at once.
Who writes whole chunks pays in full for the last one: there a short text
costs more a symbol.
"""

from __future__ import annotations

import shlex
from itertools import chain

from rich.console import Console

from comparisons.analysis.statistics import quartiles
from comparisons.analysis.tables import make_console, terminal_table
from comparisons.arguments.command_line import parse
from comparisons.arguments.options import check_options
from comparisons.arguments.parser import flags_of
from comparisons.bench.records import names_of, record_rows
from comparisons.records.measurements import BenchGeneration, GeneratedText
from comparisons.runs.plan import make_plan
from shared.errors import UserError
from shared.task import LanguageModelCodec
from shared.tasks import get_task, task_names

TASK = "charlm"
"""The task unless another is asked for."""

LENGTHS = (100, 200, 400, 800)
BATCHES = (1, 64)
"""Texts that are written at once."""

TURNS = 5
"""Texts of each length; the first compiles and is not counted."""


def main(arguments: list[str]) -> int:
    """Time the writing of every framework and cell; print the rates."""
    named = "--task" in flags_of(arguments)
    words = arguments if named else ["--task", TASK, *arguments]
    options = parse("bench generation", words)
    lengths = chain.from_iterable(options.lengths or [LENGTHS])
    choices = check_options(get_task(options.task), options)
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
        BenchGeneration,
        plan.runs,
        choices,
        plan.command,
        timer="texts",
        lengths=sorted(lengths),
        batches=BATCHES,
        turns=TURNS,
    )
    print_writing(records, make_console())
    return 0


def of(record: BenchGeneration, batch: int, length: int) -> list[GeneratedText]:
    """What was measured of texts of one length, the first one first."""
    wanted = (batch, length)
    return [t for t in record.texts if (t.batch, t.length) == wanted]


def cost(record: BenchGeneration, batch: int, length: int) -> float:
    """Median seconds a symbol after the first piece; NaN where none is."""
    texts = [t for t in of(record, batch, length)[1:] if t.rest_symbols]
    return quartiles([t.rest / t.rest_symbols / batch for t in texts])[0]


def first_seconds(record: BenchGeneration, batch: int, length: int) -> float:
    """Median seconds until the first piece of a text is there."""
    return quartiles([t.first for t in of(record, batch, length)[1:]])[0]


def compile_seconds(record: BenchGeneration, batch: int) -> float:
    """What the first text of each length took beyond the later ones."""
    total = 0.0
    for length in sizes(record, "length"):
        first, *later = (t.seconds for t in of(record, batch, length))
        total += max(0.0, first - quartiles(later)[0])
    return total


def sizes(record: BenchGeneration, name: str) -> list[int]:
    """The batches or the lengths that were measured."""
    return sorted({getattr(text, name) for text in record.texts})


def print_writing(records: list[BenchGeneration], console: Console) -> None:
    """A line for each framework, cell and number of texts."""
    lengths = sizes(records[0], "length")
    ends = ("ratio", "ms", "s")
    heads = ("framework", "cell", "B", "per s", *map(str, lengths), *ends)
    rows = [
        (*names_of(record), *figures(record, batch))
        for record in records
        for batch in sizes(record, "batch")
    ]
    console.print(terminal_table(heads, rows, "llr"))
    console.print(
        f"per s: symbols of all B texts, at length {lengths[-1]:,}; below each "
        "length: µs a\nsymbol; ratio: of the longest to the shortest; ms: "
        "until the first piece, not in\nthe others; s: what the first text of "
        "each length took longer, to compile"
    )


def figures(record: BenchGeneration, batch: int) -> list[str]:
    """The numbers of a row, from B on."""
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

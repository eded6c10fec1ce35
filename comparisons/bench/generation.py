"""`compare.py bench generation`: how fast a language model generates.

With a recurrent state a token costs the same however long the text is: texts
of several lengths are generated in turn, one and many at once. A model that
generates whole chunks computes the last one in full: there short texts cost
more per token.
"""

from itertools import chain

from rich.console import Console

from comparisons.analysis.statistics import quartiles
from comparisons.analysis.tables import make_console, terminal_table
from comparisons.arguments.checkpoints import tasks_with
from comparisons.arguments.command_line import parse
from comparisons.arguments.options import check_options
from comparisons.arguments.parser import flags_of
from comparisons.bench.pytest_json import check_json, write_json
from comparisons.bench.records import command_line, names_of, record_rows
from comparisons.records.measurements import BenchGeneration, GeneratedText
from comparisons.runs.plan import make_plan
from shared.errors import UserError
from shared.task import LanguageModelCodec
from shared.tasks import get_task

LENGTHS = (100, 200, 400, 800)
BATCHES = (1, 64)
"""Texts that are generated at once."""

TURNS = 5
"""Texts of each length; the first compiles and is not counted."""


def main(arguments: list[str]) -> int:
    """Time the generation of every framework and cell; print the rates."""
    named = "--task" in flags_of(arguments)
    flags = parse(
        "bench generation",
        arguments if named else ["--task", "charlm", *arguments],
    )
    check_json(flags.json)
    options = check_options(get_task(flags.task), flags)
    options.seeds = 1
    if flags.task not in (names := tasks_with(LanguageModelCodec)):
        raise UserError(
            f"task '{flags.task}' has no language model; choices: "
            f"{', '.join(names)}"
        )
    plan = make_plan(options, command_line("generation", *arguments))
    records = record_rows(
        *("generation", "bench", plan.runs, options, plan.command),
        timer="texts",
        lengths=sorted(chain.from_iterable(flags.lengths or [LENGTHS])),
        batches=BATCHES,
        turns=TURNS,
    )
    print_rates(records, make_console())
    print_bounds(records, make_console())
    write_json(flags.json, records)
    return 0


def print_rates(records: list[BenchGeneration], console: Console) -> None:
    """A line for each framework, cell and number of texts."""
    texts = records[0].texts
    lengths = sorted({text.length for text in texts})
    heads = ("framework", "cell", "B", "per s", *map(str, lengths))
    table = terminal_table((*heads, "ratio", "ms", "s"), (), "llr")
    for record in records:
        for batch in sorted({text.batch for text in texts}):
            cells = figures(record, batch, lengths)
            table.add_row(*names_of(record), str(batch), *cells)
    console.print(table)
    console.print(
        f"per s: tokens of all B texts, at length {lengths[-1]:,}; below each "
        "length: µs per\ntoken; ratio: of the longest to the shortest; ms: "
        "until the first chunk, not in\nthe others; s: what the first text of "
        "each length took longer, to compile"
    )


def figures(
    record: BenchGeneration, batch: int, lengths: list[int]
) -> list[str]:
    """The numbers of a row, from the tokens per second on."""
    costs, compiling, latency = [], 0.0, 0.0
    for length in lengths:
        first, *later = texts_of(record, batch, length)
        costs.append(token_cost(later))
        usual = quartiles([t.seconds for t in later])[0]
        compiling += max(0.0, first.seconds - usual)
        latency = quartiles([t.first for t in later])[0]
    return [
        f"{1 / costs[-1]:,.0f}",
        *(f"{1e6 * cost:.1f}" for cost in costs),
        f"{costs[-1] / costs[0]:.2f}",
        f"{1e3 * latency:.1f}",
        f"{compiling:.1f}",
    ]


def print_bounds(records: list[BenchGeneration], console: Console) -> None:
    """How near one text at a time is to the bound of the bandwidth.

    A token reads all weights, and can be no faster than they are read: from
    memory, or from a cache that they fit in.
    """
    heads = ["framework", "cell", "KB", "tokens/s"]
    for name in ("GB/s", "own"):
        heads += [name, "bound", "ratio"]
    table = terminal_table(heads, (), "llr")
    for record in records:
        if record.token_bytes:
            table.add_row(*names_of(record), *bound_cells(record))
    console.print(table)
    console.print(
        "KB: weights that a token reads; bound: tokens/s at B 1 if reading "
        "them alone\ntook time, at the GB/s of memory, and at their own, those "
        "of an array of their\nsize, which may be in a cache; ratio: the bound "
        "over the tokens/s"
    )


def bound_cells(record: BenchGeneration) -> list[str]:
    """The numbers of a row of `print_bounds`, from the bytes on."""
    rate = 1 / token_seconds(record)
    found = [f"{record.token_bytes / 1e3:,.0f}", f"{rate:,.0f}"]
    for name in ("memory", "weights"):
        bandwidth = max(record.bandwidths[name])
        bound = bandwidth / record.token_bytes
        found += [f"{bandwidth / 1e9:.1f}", f"{bound:,.0f}"]
        found.append(f"{bound / rate:.2f}")
    return found


def token_seconds(record: BenchGeneration) -> float:
    """Of a token of the longest text, one at a time."""
    longest = max(text.length for text in record.texts)
    return token_cost(texts_of(record, 1, longest)[1:])


def texts_of(
    record: BenchGeneration, batch: int, length: int
) -> list[GeneratedText]:
    group = (batch, length)
    return [t for t in record.texts if (t.batch, t.length) == group]


def token_cost(texts: list[GeneratedText]) -> float:
    """Seconds of a token after the first chunk; NaN of texts of one chunk."""
    longer = [t for t in texts if t.later_tokens]
    seconds = [t.later / t.later_tokens / t.batch for t in longer]
    return quartiles(seconds)[0]

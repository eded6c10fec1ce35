"""`compare.py bench impls`: gradients by hand against the native layers.

Both train the same model in one process, a step of each in turn, so that slow
drift of the machine affects both equally.
"""

from dataclasses import replace
from itertools import chain
from pathlib import Path

from rich.console import Console

from comparisons.analysis.statistics import quartiles
from comparisons.analysis.tables import make_console, terminal_table
from comparisons.arguments.command_line import parse
from comparisons.arguments.extras import chosen
from comparisons.arguments.flags.bench import (
    IMPLS_CELLS,
    IMPLS_HIDDEN,
    IMPLS_SIZES,
)
from comparisons.arguments.memory import check_memory
from comparisons.arguments.options import words
from comparisons.bench.pytest_json import check_json, write_json
from comparisons.bench.records import command_line, names_of, record_rows
from comparisons.frameworks import resolve_run
from comparisons.records.measurements import BenchImpls
from comparisons.records.spec import Times
from comparisons.worker.timing.scan import scan_spec

COMPARED = ("native", "bptt")
"""Implementations of a layer: the first is that of the framework."""

HEADS = ("framework", "cell", "hidden")


def main(arguments: list[str]) -> int:
    """Time every framework and cell; print the times and their ratios."""
    options = parse("bench impls", arguments)
    check_json(options.json)
    options.out, options.quiet = options.out or Path("results/impls"), True
    request = {size: getattr(options, size) for size in IMPLS_SIZES}
    hidden_sizes = set(chain.from_iterable(options.hidden_sizes or ()))
    request["hidden_sizes"] = sorted(hidden_sizes or IMPLS_HIDDEN)
    request["impls"] = COMPARED
    runs = [
        resolve_run(
            task="sine",
            framework=framework,
            cell=cell,
            device=options.device,
            threads=options.threads,
        )
        for framework in chosen(options.frameworks)
        for cell in words(options.cells or IMPLS_CELLS)
    ]
    largest = {**request, "hidden_size": request["hidden_sizes"][-1]}
    for run in runs:
        model = scan_spec(run.cell, largest, COMPARED[-1])
        train = replace(run.train, batch_size=options.batch_size)
        check_memory(replace(run, model=model, train=train), options.steps)
    command = command_line("impls", *arguments)
    records: list[BenchImpls] = record_rows(
        *("impls", "impls", runs, options, command), **request
    )
    print_times(records, make_console())
    write_json(options.json, records)
    return 0


def print_times(records: list[BenchImpls], console: Console) -> None:
    """A line for each framework, cell and H: ms, and the ratio in a round."""
    heads = [f"{impl}\nms/step" for impl in COMPARED]
    ratio = f"{COMPARED[1]} / {COMPARED[0]}\n(quartiles)"
    table = terminal_table((*HEADS, *heads, ratio), (), "llr")
    for record in records:
        for hidden in record.hidden_sizes:
            times = [record.of(hidden, impl) for impl in COMPARED]
            cells = (f"{1e3 * quartiles(t)[0]:.2f}" for t in times)
            row = (*names_of(record), str(hidden), *cells)
            table.add_row(*row, ratio_text(*times))
    console.print(table)


def ratio_text(native: Times, by_hand: Times) -> str:
    """The median ratio of a round, and its quartiles."""
    ratios = sorted(b / a for a, b in zip(native, by_hand, strict=True))
    median, _ = quartiles(ratios)
    low, high = (ratios[round(q * (len(ratios) - 1))] for q in (0.25, 0.75))
    return f"{median:.2f} ({low:.2f} to {high:.2f})"

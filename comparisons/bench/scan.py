"""`compare.py bench scan`: from which T a scan over all steps is faster.

Cells whose state is a linear recurrence are trained by a scan and by a loop
over time, other cells by the layers of the frameworks, on sequences of several
lengths; each form in a process of its own.
"""

from argparse import Namespace
from collections.abc import Mapping
from dataclasses import replace
from itertools import chain
from pathlib import Path

from rich.console import Console

from comparisons.analysis.tables import make_console, terminal_table
from comparisons.analysis.wording import listed
from comparisons.arguments.command_line import parse
from comparisons.arguments.extras import chosen
from comparisons.arguments.flags.bench import (
    SCAN_CELLS,
    SCAN_LENGTHS,
    SCAN_SIZES,
)
from comparisons.arguments.memory import check_memory
from comparisons.arguments.options import words
from comparisons.bench.pytest_json import check_json, write_json
from comparisons.bench.records import command_line, names_of, record_rows
from comparisons.bench.scan_plot import FORMS, crossover, draw_scan
from comparisons.frameworks import resolve_run
from comparisons.records.measurements import BenchScan
from comparisons.worker.timing.scan import scan_spec
from shared.specs import TABLE, RunSpec

HEADS = ("framework", "cell", "form")


def main(arguments: list[str]) -> int:
    """Time every framework, cell and form; print and draw the times."""
    options = parse("bench scan", arguments)
    check_json(options.json)
    options.out, options.quiet = options.out or Path("results/scan"), True
    lengths = chain.from_iterable(options.lengths or [SCAN_LENGTHS])
    request = {size: getattr(options, size) for size in SCAN_SIZES}
    request["lengths"] = sorted(set(lengths))
    runs = planned(options)
    for run in chain.from_iterable(runs.values()):
        model = scan_spec(run.cell, request, run.model.impl)
        train = replace(run.train, batch_size=options.batch_size)
        sized = replace(run, model=model, train=train)
        check_memory(sized, request["lengths"][-1])
    command, records = command_line("scan", *arguments), list[BenchScan]()
    for form, rows in runs.items():
        where = ("scan", "scan", rows, options, command)
        records += record_rows(*where, form=form, **request)
    print_times(records, make_console())
    draw_scan(records, options.out / "scan.png")
    write_json(options.json, records)
    return 0


def planned(options: Namespace) -> dict[str, list[RunSpec]]:
    """Form -> its runs."""
    runs: dict[str, list[RunSpec]] = {form: [] for form in FORMS}
    for framework in chosen(options.frameworks, fast=False):
        for cell in words(options.cells or SCAN_CELLS):
            linear = TABLE[cell].linear
            run = resolve_run(
                task="sine",
                framework=framework,
                cell=cell,
                device=options.device,
                threads=options.threads,
                model={"impl": "scratch"} if linear else {},
            )
            for form in ("scan", "loop") if linear else ("native",):
                runs[form].append(run)
    return runs


def print_times(records: list[BenchScan], console: Console) -> None:
    """A line for each framework, cell and form: median ms by T."""
    lengths = [f"{steps:,}" for steps in records[0].lengths]
    table = terminal_table((*HEADS, *lengths), (), "lllr")
    for row in scan_rows(records):
        table.add_row(*row)
    console.print("Milliseconds per training step by T:")
    console.print(table)
    for line in scan_sentences(records):
        console.print(line)


def scan_rows(records: list[BenchScan]) -> list[list[str]]:
    """Framework, cell, form, and the median ms at each T."""
    return [
        [
            *names_of(record),
            FORMS[record.form],
            *(f"{1e3 * t:.1f}" for t in record.medians.values()),
        ]
        for record in records
    ]


def scan_sentences(records: list[BenchScan]) -> list[str]:
    scans = [record for record in records if record.form == "scan"]
    return [sentence(record, records) for record in scans]


def sentence(scan: BenchScan, records: list[BenchScan]) -> str:
    """From which T a scan is faster than each other line of its framework."""
    others = [
        one
        for one in records
        if one.framework == scan.framework
        and (
            one.form == "native" or (one.form, one.cell) == ("loop", scan.cell)
        )
    ]
    found: Mapping[str, int | None] = {
        "its loop" if one.form == "loop" else names_of(one)[1]: crossover(
            scan, [one]
        )
        for one in others
    }
    faster = [f"than {n} from T {t:,}" for n, t in found.items() if t]
    never = [name for name, steps in found.items() if not steps]
    parts = [f"faster {', '.join(faster)}"] * bool(faster)
    if never:
        parts.append(f"never faster than {listed(never)}")
    return f"{' '.join(names_of(scan))}: a scan is {', and '.join(parts)}"

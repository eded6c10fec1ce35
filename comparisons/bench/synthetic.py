"""What the timings of made data share: sizes as flags, a process a row."""

from __future__ import annotations

import shlex
from argparse import Namespace
from pathlib import Path
from typing import NamedTuple

from comparisons.arguments.bench_flags import Size
from comparisons.arguments.command_line import parse
from comparisons.arguments.options import words
from comparisons.bench.records import Kind, record_row
from comparisons.frameworks import resolve_run
from comparisons.records.store import Store


class Made(NamedTuple):
    """A benchmark on random data: a sub-command, and the job of its name.

    sizes: the names of its flags are stored with each record; rows, cells:
    what is timed unless others are given.
    """

    name: str
    task: str
    sizes: dict[str, Size]
    rows: tuple[str, ...]
    cells: tuple[str, ...]


def parse_made(tool: Made, arguments: list[str]) -> Namespace:
    """The options of a tool; raises UserError."""
    options = parse(f"bench {tool.name}", arguments)
    options.frameworks = words(options.frameworks or tool.rows)
    options.cells = words(options.cells or tool.cells)
    options.out = options.out or Path("results") / tool.name
    return options


def record_made(
    kind: type[Kind], tool: Made, options: Namespace, arguments: list[str]
) -> list[Kind]:
    """The raw times of each row, in a fresh process; kept as they come."""
    command = shlex.join(["compare.py", "bench", tool.name, *arguments])
    sizes = {size: getattr(options, size) for size in tool.sizes}
    store, records = Store(Path(options.out)), list[Kind]()
    try:
        for cell in options.cells:
            for name in options.frameworks:
                run = resolve_run(
                    task=tool.task,
                    framework=name,
                    cell=cell,
                    device=options.device,
                    threads=options.threads,
                )
                record = record_row(
                    *(kind, tool.name, run, options.timeout, command),
                    **sizes,
                )
                store.append(record)
                records.append(record)
    finally:
        store.close()
    return records

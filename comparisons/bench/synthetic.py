"""What the timings of made data share: sizes as flags, a process a row."""

from __future__ import annotations

import argparse
import shlex
from pathlib import Path
from typing import NamedTuple

from comparisons.arguments.flags import Parser
from comparisons.arguments.options import words
from comparisons.bench.records import record_row
from comparisons.frameworks import FRAMEWORKS, get_framework
from comparisons.records.store import Record, Store
from shared.errors import SpecError, unknown
from shared.specs import CELLS, RunSpec


class Made(NamedTuple):
    """A benchmark on random data: a sub-command, and the job of its name.

    sizes: name -> default and help; least: name -> its smallest value if that
        is not 1; rows, cells: defaults of what is timed.
    """

    name: str
    task: str
    sizes: dict[str, tuple[int, str]]
    least: dict[str, int]
    rows: tuple[str, ...]
    cells: tuple[str, ...]


def parse_made(tool: Made, arguments: list[str]) -> argparse.Namespace:
    parser = Parser(prog=f"compare.py bench {tool.name}", allow_abbrev=False)
    parser.add_argument("--frameworks", nargs="+", help=", ".join(FRAMEWORKS))
    parser.add_argument("--cells", nargs="+", help=", ".join(CELLS))
    for name, (value, text) in tool.sizes.items():
        flag = "--" + name.replace("_", "-")
        help_text = f"{text} (default: {value})"
        parser.add_argument(flag, type=int, default=value, help=help_text)
    parser.add_argument("--device", default="auto")
    parser.add_argument("--timeout", type=float, default=900.0)
    parser.add_argument("--out", type=Path, default=f"results/{tool.name}")
    options = parser.parse_args(arguments)
    options.frameworks = words(options.frameworks or tool.rows)
    options.cells = words(options.cells or tool.cells)
    for name in options.frameworks:
        get_framework(name)
    for cell in options.cells:
        if cell not in CELLS:
            raise SpecError(unknown("cell", cell, CELLS))
    for name in tool.sizes:
        value, least = getattr(options, name), tool.least.get(name, 1)
        if value < least:
            raise SpecError(f"{name} must be at least {least}, not {value}")
    return options


def record_made(
    tool: Made, options: argparse.Namespace, arguments: list[str]
) -> list[Record]:
    """Time each row in a fresh process; store the raw times at once."""
    command = shlex.join(["compare.py", "bench", tool.name, *arguments])
    sizes = {size: getattr(options, size) for size in tool.sizes}
    store, records = Store(Path(options.out)), list[Record]()
    try:
        for cell in options.cells:
            for name in options.frameworks:
                run = RunSpec(
                    task=tool.task,
                    framework=name,
                    cell=cell,
                    device=options.device,
                    threads=options.threads,
                )
                record = record_row(
                    *(tool.name, tool.name, run, options.timeout, command),
                    **sizes,
                )
                record["sizes"] = sizes
                store.append(record)
                records.append(record)
    finally:
        store.close()
    return records

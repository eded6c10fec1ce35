"""`compare.py --sweep name=v,v`: a comparison for each value, all in one page.

The comparison of a value has a folder of its own, so that the same
command goes on where it was.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Collection
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from comparisons.analysis.tables import (
    csv_text,
    make_console,
    terminal_table,
)
from comparisons.arguments.options import Options, parse_options
from comparisons.arguments.terminal import say
from comparisons.commands.axes import FLAG, parse_sweep
from shared.errors import UserError
from shared.files.io import write_file

if TYPE_CHECKING:
    from comparisons.analysis.sweeps.sweep import Sweep

MOST_COMPARISONS = 1000
PICTURE, PAGE, VALUES = "sweep.png", "report.html", "sweep.csv"


def sweep(arguments: list[str], compare: Callable[[list[str]], int]) -> int:
    """Run every comparison, then show all of them; the worst exit code."""
    out, rest, axes = parse_sweep(arguments)
    commands = {}
    count = math.prod(len(axis.values) for axis in axes)
    if count > MOST_COMPARISONS:
        raise UserError(
            f"{FLAG} asks for {count} comparisons; at most {MOST_COMPARISONS}"
        )
    for values in itertools.product(*(axis.values for axis in axes)):
        chosen = dict(zip((axis.name for axis in axes), values, strict=True))
        flags = [w for name, v in chosen.items() for w in (f"--{name}", v)]
        words = ",".join(f"{name}={value}" for name, value in chosen.items())
        folder = out / words.replace("/", "-")
        commands[folder] = [*rest, *flags, "--out", str(folder)]
    report = check_all(commands.values())
    codes = []
    for folder, command in commands.items():
        say(f"\n{folder.name.replace(',', ', ')}")
        codes.append(compare(command))
    show(out, list(commands), report)
    return max(codes)


def check_all(commands: Collection[list[str]]) -> bool:
    """Check every comparison before the first is run; UserError for equals.

    Returns whether they ask for a report.
    """
    known: list[Options] = []
    for command in commands:
        options = replace(parse_options(command), out=Path())
        if options in known:
            raise UserError(f"{FLAG} has two values that mean the same")
        known.append(options)
    return known[0].report


def show(out: Path, folders: list[Path], report: bool) -> None:
    """Print the table; with a report, write page, picture and numbers."""
    # pandas comes after the runs.
    from comparisons.analysis.loading import read_parts
    from comparisons.analysis.sweeps.reading import sweep_of
    from comparisons.report.page import write_page

    parts = read_parts(folders)
    found = sweep_of(parts)
    if report:
        write_page(parts, out / PAGE)
        if found is not None:
            write_values(found, out / VALUES)
            draw(found, out / PICTURE)
    if found is not None:
        print_sweep(found)
    say(f"\nfiles: {out}/")


def write_values(found: Sweep, path: Path) -> None:
    heads = ("framework", "cell", "with", found.option)
    rows = [
        (*place, f"{p.value:g}", p.mean, p.low, p.high)
        for place, points in found.lines.items()
        for p in points
    ]
    lines = [(*heads, "mean", "least", "greatest"), *rows]
    write_file(path, csv_text(lines))


def print_sweep(found: Sweep) -> None:
    """A row a framework and cell, a column a value."""
    table = terminal_table(
        ("framework", "cell", "with", *(f"{v:g}" for v in found.values)),
        found.texts(),
        "lllr",
        found.title,
    )
    make_console().print(table)


def draw(found: Sweep, path: Path) -> None:
    """A panel a framework: lines by cell, dashes for what else differs."""
    from comparisons.figures.sweep import draw_sweep

    draw_sweep(found, path)

"""`compare.py --sweep name=v,v`: a comparison for each value, all in one page.

The comparison of a value has a folder of its own, so that the same
command goes on where it was.
"""

from __future__ import annotations

import itertools
import math
import shlex
from collections.abc import Callable, Collection
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from comparisons.analysis.sweeps.axes import FLAG, Axis, parse_sweep
from comparisons.analysis.sweeps.sweep import CHOSEN
from comparisons.analysis.tables import (
    csv_text,
    make_console,
    terminal_table,
)
from comparisons.arguments.options import Options, parse_options
from comparisons.arguments.parser import take
from comparisons.arguments.terminal import say
from comparisons.runs.engines.select import session
from shared.errors import UserError
from shared.files.io import write_file
from shared.tasks import get_task

if TYPE_CHECKING:
    from comparisons.analysis.sweeps.sweep import Sweep

MOST_COMPARISONS = 1000
PICTURE, PAGE, VALUES = "sweep.png", "report.html", "sweep.csv"


Compare = Callable[[list[str]], int]
"""What runs a comparison; its exit code."""


def sweep(
    arguments: list[str], compare: Compare, on_validation: Compare | None = None
) -> int:
    """Run every comparison, then show all of them; the worst exit code.

    on_validation: what runs those that invite a choice.
    """
    out, rest, axes = parse_sweep(arguments)
    if chooses := invites_choice(rest, axes):
        compare = on_validation or compare
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
    options = check_all(commands.values())
    codes = []
    with session(options):
        for folder, command in commands.items():
            say(f"\n{folder.name.replace(',', ', ')}")
            codes.append(compare(command))
    show(out, list(commands), options.report)
    if chooses:
        setting = next(iter(commands))
        say(
            "test scores of the setting that you select by these: compare.py "
            f"report {shlex.quote(str(setting))} --format markdown"
        )
    return max(codes)


def invites_choice(rest: list[str], axes: list[Axis]) -> bool:
    """Whether a field of the model or of the training varies."""
    task = get_task(take(rest, "--task")[0][-1])
    chosen = {name for kind in CHOSEN for name in vars(getattr(task, kind))}
    return any(axis.name.replace("-", "_") in chosen for axis in axes)


def check_all(commands: Collection[list[str]]) -> Options:
    """Check every comparison before the first is run; UserError for equals.

    Returns the options of one: engine and report are those of all.
    """
    known: list[Options] = []
    for command in commands:
        options = replace(parse_options(command), out=Path())
        if options in known:
            raise UserError(f"{FLAG} has two values that mean the same")
        known.append(options)
    return known[0]


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

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
from typing import TYPE_CHECKING, NamedTuple

from comparisons.analysis.sweeps.folders import in_order
from comparisons.analysis.tables import (
    csv_text,
    make_console,
    terminal_table,
)
from comparisons.arguments.command_line import parser_of
from comparisons.arguments.options import Options, parse_options
from comparisons.arguments.parser import flags_of, take
from comparisons.arguments.terminal import say
from shared.errors import UserError, unknown
from shared.files.io import write_file
from shared.tasks import get_task, task_names

if TYPE_CHECKING:
    from comparisons.analysis.sweeps.sweep import Sweep

FLAG = "--sweep"
MOST_COMPARISONS = 1000
PICTURE, PAGE, VALUES = "sweep.png", "report.html", "sweep.csv"


class Axis(NamedTuple):
    """An option, and the values it is to have."""

    name: str
    values: tuple[str, ...]


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


def parse_sweep(arguments: list[str]) -> tuple[Path, list[str], list[Axis]]:
    """Where it goes, the arguments of each comparison, and what is varied."""
    sweeps, rest = take(arguments, FLAG)
    folders, rest = take(rest, "--out")
    task = ["", *take(rest, "--task")[0]][-1]
    out = Path(folders[-1]) if folders else Path("results") / f"{task}-sweep"
    axes = [axis_of(text) for text in sweeps]
    check_axes(axes, rest)
    return out, rest, [*axes, *more_axes(task, rest, axes)]


def check_axes(axes: list[Axis], words: list[str]) -> None:
    """UserError for what cannot vary, varies twice, or is given besides."""
    parser = parser_of("run", words)
    given = list(flags_of(parser.current(words)))
    for axis in axes:
        (flag,) = parser.current([f"--{axis.name}"])
        if flag not in parser.flags:
            raise UserError(unknown("flag", flag, parser.flags))
        if not getattr(parser.flags[flag], "sweep", False):
            raise UserError(
                f"{FLAG} cannot vary {axis.name}: it is no setting of a run"
            )
        if flag in given:
            raise UserError(f"{FLAG} varies {flag}, which is given too")
        given.append(flag)


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


def more_axes(task: str, rest: list[str], axes: list[Axis]) -> list[Axis]:
    """What the task varies too, unless the command line settles it."""
    settled = {axis.name for axis in axes}
    settled |= {flag[2:] for flag in flags_of(rest)}
    varied = get_task(task).sweep_defaults if task in task_names() else {}
    return [
        Axis(name, values)
        for name, values in varied.items()
        if name not in settled
    ]


def axis_of(text: str) -> Axis:
    name, equals, listed = text.partition("=")
    values = [value.strip() for value in listed.split(",") if value.strip()]
    if not (name and equals and values):
        raise UserError(f"{FLAG} needs name=value,value, not '{text}'")
    for value in values:
        if values.count(value) > 1:
            raise UserError(f"{FLAG} {name} has the value {value} twice")
    return Axis(name.strip().replace("_", "-"), tuple(in_order(values)))


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

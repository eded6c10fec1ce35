"""`compare.py --sweep name=v,v`: a comparison for each value, all in one page.

The comparison of a value stands in a folder of its own, so that the same
command goes on where it was.
"""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import NamedTuple

from rich import box
from rich.console import Console
from rich.table import Table

from comparisons.analysis.loading import read_parts
from comparisons.analysis.sweeps import Sweep, sweep_of
from comparisons.analysis.table import number
from comparisons.arguments.flags import Parser
from comparisons.arguments.options import parse_options
from shared.errors import UserError
from shared.tasks import get_task, task_names

FLAG = "--sweep"
PICTURE, PAGE, VALUES = "sweep.png", "report.html", "sweep.csv"


class Axis(NamedTuple):
    """An option, and the values it is to have."""

    name: str
    values: tuple[str, ...]


def sweep(arguments: list[str]) -> int:
    """Run every comparison, then show all of them; the worst exit code."""
    from comparisons.commands.run import compare

    out, rest, axes = asked(arguments)
    commands = {}
    for values in itertools.product(*(axis.values for axis in axes)):
        chosen = dict(zip((axis.name for axis in axes), values, strict=True))
        flags = [w for name, v in chosen.items() for w in (f"--{name}", v)]
        words = ",".join(f"{name}={value}" for name, value in chosen.items())
        commands[out / words] = [*rest, *flags, "--out", str(out / words)]
    for command in commands.values():
        parse_options(command)  # all are checked before the first is run
    codes = []
    for folder, command in commands.items():
        print(f"\n{folder.name.replace(',', ', ')}")
        codes.append(compare(command))
    show(out, list(commands))
    return max(codes)


def asked(arguments: list[str]) -> tuple[Path, list[str], list[Axis]]:
    """Where it goes, the arguments of each comparison, and what is varied."""
    parser = Parser(add_help=False, allow_abbrev=False)
    parser.add_argument(FLAG, action="append", default=[])
    parser.add_argument("--out", type=Path)
    parser.add_argument("--task")
    found, _ = parser.parse_known_args(arguments)
    out = found.out or Path("results") / f"{found.task}-sweep"
    only = Parser(add_help=False, allow_abbrev=False)
    only.add_argument(FLAG, action="append")
    only.add_argument("--out")
    _, rest = only.parse_known_args(arguments)
    axes = [axis_of(text) for text in found.sweep]
    return out, rest, [*axes, *more_axes(found.task, rest, axes)]


def more_axes(task: str, rest: list[str], axes: list[Axis]) -> list[Axis]:
    """What the task varies too, unless the command line settles it."""
    settled = {axis.name for axis in axes}
    settled |= {word[2:].partition("=")[0] for word in rest}
    varied = get_task(task).sweep_defaults if task in task_names() else {}
    return [
        Axis(name, values)
        for name, values in varied.items()
        if name not in settled
    ]


def axis_of(text: str) -> Axis:
    """The option and the values of `name=v,v`."""
    name, equals, listed = text.partition("=")
    values = [value.strip() for value in listed.split(",") if value.strip()]
    if not (name and equals and values):
        raise UserError(f"{FLAG} needs name=value,value, not '{text}'")
    for value in values:
        if values.count(value) > 1:
            raise UserError(f"{FLAG} {name} has the value {value} twice")
    return Axis(name.strip().replace("_", "-"), tuple(values))


def show(out: Path, folders: list[Path]) -> None:
    """Write the page, the picture and the numbers; print the table."""
    from comparisons.report.page import write_page

    parts = read_parts(folders)
    write_page(parts, out / PAGE)
    found = sweep_of(parts)
    if found is not None:
        write_values(found, out / VALUES)
        draw(found, out / PICTURE)
        print_sweep(found)
    print(f"\nfiles: {out}/")


def write_values(found: Sweep, path: Path) -> None:
    """One line for each row at each value."""
    lines = [f"framework,cell,with,{found.option},mean,least,greatest"]
    lines += [
        f'{framework},{cell},"{group}",{p.value:g},{p.mean},{p.low},{p.high}'
        for (framework, cell, group), points in found.lines.items()
        for p in points
    ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def print_sweep(found: Sweep) -> None:
    """A row a framework and cell, a column a value."""
    heading = f"test {found.metric} over {found.option.replace('_', ' ')}"
    table = Table(title=heading, box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0))
    for name in ("framework", "cell", "with"):
        table.add_column(name, overflow="fold")
    for value in found.values:
        table.add_column(f"{value:g}", justify="right", no_wrap=True)
    for framework, cell, group, *means in found.rows():
        shown = (number(value, ".4f") for value in means)
        table.add_row(str(framework), str(cell), str(group), *shown)
    Console(highlight=False).print(table)


def draw(found: Sweep, path: Path) -> None:
    """A panel a framework: lines by cell, dashes for what else differs."""
    from comparisons.figures.sweep import draw_sweep

    draw_sweep(found, path)

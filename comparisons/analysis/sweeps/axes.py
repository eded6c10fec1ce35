"""What a sweep varies: options, and their values."""

from pathlib import Path
from typing import NamedTuple

from comparisons.analysis.sweeps.folders import in_order
from comparisons.arguments.command_line import parser_of
from comparisons.arguments.parser import flags_of, take
from shared.errors import UserError, unknown
from shared.tasks import get_task, task_names

FLAG = "--sweep"


class Axis(NamedTuple):
    """An option, and the values it is to have."""

    name: str
    values: tuple[str, ...]


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

"""What a command line asks for, checked."""

from __future__ import annotations

import argparse
import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from comparisons.arguments.flags import FIXED, Parser, build_parser, records
from comparisons.frameworks import DEFAULT, get_framework
from shared.errors import SpecError, UserError, unknown
from shared.files.user_file import pinned
from shared.specs import (
    CELLS,
    DEVICES,
    INITS,
    PRECISIONS,
)
from shared.task import Task
from shared.tasks import get_task, preset_of, task_names

DEFAULT_CELLS = ("rnn", "gru", "lstm")


@dataclass
class Options:
    """What one command line asks for."""

    task: Task
    frameworks: list[str]
    named: bool
    cells: list[str]
    seeds: int
    preset: str
    init: str
    device: str
    precision: str
    threads: int
    timeout: float
    out: Path
    fresh: bool
    checkpoints: bool
    quiet: bool
    match_parameters: int
    overrides: dict[str, dict[str, Any]] = field(default_factory=dict)


def parse_options(
    arguments: list[str], prog: str = "compare.py", more: str = ""
) -> Options:
    """The choices of `compare.py --task ...`; raises UserError.

    prog: what the help calls the command; more: what it says at its end.
    """
    first = Parser(add_help=False, allow_abbrev=False)
    first.add_argument("--task")
    found, _ = first.parse_known_args(arguments)
    if found.task is None and not {"-h", "--help"} & set(arguments):
        names = ", ".join(task_names())
        raise UserError(f"--task is missing; choices: {names}")
    task = get_task(found.task or task_names()[0])
    parser = build_parser(task)
    parser.prog, parser.epilog = prog, more
    options, rest = parser.parse_known_args(arguments)
    if rest:
        flags = list(parser._option_string_actions)
        raise UserError(unknown("flag", rest[0], flags))
    return check_options(task, options)


def check_options(task: Task, options: argparse.Namespace) -> Options:
    """Check the parsed options and sort the overrides by record."""
    preset = preset_of(task, options.preset)
    overrides = sorted_overrides(task, preset, vars(options))
    frameworks = words(options.frameworks or DEFAULT)
    for name in frameworks:
        get_framework(name)
    cells = words(options.cells or DEFAULT_CELLS)
    if options.seeds is None:
        options.seeds = preset["seeds"]
    check_own(options, cells)
    return Options(
        task=task,
        frameworks=frameworks,
        named=options.frameworks is not None,
        cells=cells,
        seeds=options.seeds,
        preset=options.preset,
        init=options.init,
        device=options.device,
        precision=options.precision,
        threads=options.threads,
        timeout=options.timeout,
        out=options.out or Path("results") / task.name,
        fresh=options.fresh,
        checkpoints=options.checkpoints,
        quiet=options.quiet,
        match_parameters=options.match_parameters,
        overrides=overrides,
    )


def sorted_overrides(
    task: Task, preset: Mapping[str, Any], given: dict[str, Any]
) -> dict[str, dict[str, Any]]:
    """Record -> the fields given, each record checked with them."""
    overrides: dict[str, dict[str, Any]] = {}
    for kind, record in records(task).items():
        names = {item.name for item in dataclasses.fields(record)} - FIXED
        changes = {name: given[name] for name in names if name in given}
        overrides[kind] = dict(sorted(changes.items()))
        dataclasses.replace(record, **{**preset.get(kind, {}), **changes})
    return {**overrides, "data": pinned(overrides["data"])}


def check_own(options: argparse.Namespace, cells: list[str]) -> None:
    """Check the flags that are of no record."""
    named = [("cell", cell, CELLS) for cell in cells]
    named += [
        ("init", options.init, INITS),
        ("device", options.device, DEVICES),
        ("precision", options.precision, PRECISIONS),
    ]
    for name, value, choices in named:
        if value not in choices:
            raise SpecError(unknown(name, value, choices))
    for name, least in (
        ("seeds", 1),
        ("timeout", 1),
        ("threads", 0),
        ("match_parameters", 0),
    ):
        value = getattr(options, name)
        if not value >= least:
            raise SpecError(f"{name} must be at least {least}, not {value}")


def words(values: Any) -> list[str]:
    """The distinct words of `a b` and of `a,b`, in order; at least one."""
    parts = [part for value in values for part in value.split(",") if part]
    if not parts:
        raise UserError(f"'{' '.join(values)}' names nothing")
    return list(dict.fromkeys(parts))

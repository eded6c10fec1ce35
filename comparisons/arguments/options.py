"""What a command line asks for, checked."""

from __future__ import annotations

import argparse
import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from comparisons.arguments.command_line import parse
from comparisons.arguments.flags import FIXED, records
from comparisons.frameworks import DEFAULT
from shared.errors import UserError
from shared.files.user_file import pinned
from shared.task import Task
from shared.tasks import get_task, preset_of

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


def parse_options(arguments: list[str], command: str = "run") -> Options:
    """The options of a command that has a task's flags; raises UserError."""
    options = parse(command, arguments)
    return check_options(get_task(options.task), options)


def check_options(task: Task, options: argparse.Namespace) -> Options:
    """Check the parsed options and sort the overrides by record."""
    preset = preset_of(task, options.preset)
    overrides = sorted_overrides(task, preset, vars(options))
    frameworks = words(options.frameworks or DEFAULT)
    cells = words(options.cells or DEFAULT_CELLS)
    if options.seeds is None:
        options.seeds = preset["seeds"]
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


def words(values: Any) -> list[str]:
    """The distinct words of `a b` and of `a,b`, in order; at least one."""
    parts = [part for value in values for part in value.split(",") if part]
    if not parts:
        raise UserError(f"'{' '.join(values)}' names nothing")
    return list(dict.fromkeys(parts))

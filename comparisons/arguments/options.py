"""What a command line asks for, checked."""

import argparse
import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from comparisons.arguments.command_line import parse
from comparisons.arguments.engines import engine_options
from comparisons.arguments.flags.fields import FIXED, records
from comparisons.arguments.machine import may_have_gpu
from comparisons.arguments.memory import check_memory
from comparisons.frameworks import (
    DEFAULT,
    FRAMEWORKS,
    fast_row,
    get_framework,
    in_framework,
)
from shared.errors import UserError
from shared.files.hugging_face import resolved
from shared.files.user_file import pinned
from shared.specs import RunSpec
from shared.specs.scratch import IMPL as SCRATCH
from shared.task import Task
from shared.tasks import get_task, preset_of, resolve

DEFAULT_CELLS = ("rnn", "gru", "lstm")


@dataclass
class Options:
    """What one command line asks for.

    run: that of the first framework and cell, its data not loaded;
    given: the fields of its model, training and data that were named;
    jobs: runs at once, 0 for as many as the engine has room for.
    """

    task: Task
    run: RunSpec
    given: list[str]
    frameworks: list[str]
    named: bool
    cells: list[str]
    seeds: int
    timeout: float
    out: Path
    fresh: bool
    checkpoints: bool
    report: bool
    quiet: bool
    match_parameters: int
    jobs: int = 1
    engine: str = "local"
    address: str = ""


def parse_options(arguments: list[str], command: str = "run") -> Options:
    """The options of a command that has a task's flags; raises UserError."""
    options = parse(command, arguments)
    return check_options(get_task(options.task), options)


def check_options(task: Task, options: argparse.Namespace) -> Options:
    """Check the parsed options and resolve the run that they ask for."""
    preset = preset_of(task, options.preset)
    frameworks = words(options.frameworks or DEFAULT)
    if getattr(options, "fast", False):
        frameworks = list(dict.fromkeys(map(fast_row, frameworks)))
    cells = words(options.cells or DEFAULT_CELLS)
    if options.seeds is None:
        options.seeds = 0
    given = given_fields(task, vars(options))
    refuse_conflicts(options, given, frameworks)
    folder_of = getattr(task.data, "FOLDER_OF", ())
    data = resolved(given["data"], getattr(task.data, "COPIED_AS", ""))
    run = resolve(
        task=task.id,
        framework=frameworks[0],
        cell=cells[0],
        **{name: getattr(options, name) for name in OF_THE_RUN},
        **{**given, "data": pinned(data, folder_of)},
    )
    check_data_options(run.data, given["data"])
    seeds = seeds_of(run.data, options.seeds, preset.get("seeds", 1))
    if options.match_parameters and run.model.tie_weights:
        raise UserError(
            "--match-parameters needs --tie-weights off: tied weights have the "
            "size of the embedding"
        )
    for cell in cells:
        check_memory(replace(run, cell=cell))
    for name in frameworks:
        check_layers(in_framework(run, name), given["model"])
    return Options(
        task=task,
        run=run,
        given=[name for fields in given.values() for name in fields],
        frameworks=frameworks,
        named=options.frameworks is not None,
        cells=cells,
        seeds=seeds,
        timeout=options.timeout,
        out=options.out or Path("results") / task.name,
        fresh=options.fresh,
        checkpoints=options.checkpoints,
        report=options.report,
        quiet=options.quiet,
        match_parameters=options.match_parameters,
        **engine_options(options, run.threads),
    )


def refuse_conflicts(
    options: argparse.Namespace,
    given: Mapping[str, Mapping[str, Any]],
    frameworks: Sequence[str],
) -> None:
    """UserError for flags that exclude each other, however they are set."""
    if options.match_parameters and "hidden_size" in given["model"]:
        raise UserError(
            "--match-parameters chooses the hidden size: leave --hidden-size "
            "out"
        )
    if {"data", "dataset"} <= given["data"].keys():
        raise UserError("--data and --dataset name two data sets; choose one")
    for name in frameworks:
        row, device = get_framework(name), options.device
        if row.fast and device == "auto" and may_have_gpu():
            raise UserError(
                f"{name} is the fastest path on a CPU: --device cpu computes "
                "there"
            )
        if options.precision == "float64" and "float64" not in row.precisions:
            raise UserError(f"{name} computes in float32, not in float64")
        if device not in row.devices:
            able = [n for n in FRAMEWORKS if device in get_framework(n).devices]
            raise UserError(
                f"{name} has no device {device}; --frameworks names those that "
                f"have it: {', '.join(able)}"
            )


def check_layers(run: RunSpec, given: Mapping[str, Any]) -> None:
    """UserError for layers that are given, and that a fast row chooses."""
    chosen = get_framework(run.framework).fast
    # Some cells, and options of cells, are only there from scratch.
    if chosen and "impl" in given and run.model.impl != SCRATCH:
        raise UserError(
            f"--impl {given['impl']} contradicts {run.framework}, which "
            "chooses the fastest layers: leave one of them out"
        )


def seeds_of(data: Any, given: int, usual: int) -> int:
    """The number of seeds, of which each fold of the data has equally many.

    given: 0 if it is not; UserError for a number that no fold count divides.
    """
    folds = getattr(data, "folds", 1)
    if given % folds:
        raise UserError(
            f"--folds {folds} needs --seeds {folds}, or a multiple of it: each "
            "seed is of one fold"
        )
    return given or -(-usual // folds) * folds


def check_data_options(data: Any, given: Iterable[str]) -> None:
    """Raise UserError for a field given that the data set does not use."""
    for item in dataclasses.fields(data):
        known = item.metadata.get("datasets", (data.dataset,))
        if item.name in given and data.dataset not in known:
            raise UserError(
                f"--{item.name.replace('_', '-')} is an option of --dataset "
                f"{' and '.join(known)}, not of {data.dataset}"
            )


OF_THE_RUN = ("preset", "init", "device", "precision", "threads")
"""Flags that are fields of a run itself."""


def given_fields(
    task: Task, options: dict[str, Any]
) -> dict[str, dict[str, Any]]:
    """Record -> the fields of it that were given as flags."""
    return {
        kind: {
            item.name: options[item.name]
            for item in dataclasses.fields(record)
            if item.name not in FIXED and item.name in options
        }
        for kind, record in records(task).items()
    }


def words(values: Any) -> list[str]:
    """The distinct words of `a b` and of `a,b`, in order; at least one."""
    parts = [part for value in values for part in value.split(",") if part]
    if not parts:
        raise UserError(f"'{' '.join(values)}' names nothing")
    return list(dict.fromkeys(parts))

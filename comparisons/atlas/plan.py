"""What the atlas trains: a search of each task, as a command of `tune`."""

from argparse import Namespace
from dataclasses import dataclass
from pathlib import Path

from comparisons.arguments.options import words
from shared.errors import UserError, unknown
from shared.specs import CELLS
from shared.tasks import get_task, task_names

SPACE = (
    "hidden_size=32,64,128",
    "num_layers=1..2",
    "learning_rate=1e-3..3e-2:log",
    "dropout=0..0.4",
)
"""What is searched in every task."""

FASTEST = "jax"
OTHERS = {"wordlm": "keras", "translate": "keras", "chatbot": "keras"}
"""The framework whose training steps take the least time on a CPU: of most
tasks, and of the others."""

PASSED = ("engine", "jobs", "address")
"""Flags of an atlas that its searches have too, where they are given."""

COMPARED = ("rnn", "gru", "lstm")
"""The cells of an atlas unless others are given."""


@dataclass(frozen=True)
class Search:
    """The search of one task; words: of the command `tune`."""

    task: str
    cells: list[str]
    seeds: int
    out: Path
    words: list[str]


def searches(options: Namespace) -> list[Search]:
    """A search of each task, in their order; UserError for an unknown name."""
    tasks = words(options.tasks) if options.tasks else task_names()
    for task in tasks:
        if task not in task_names():
            raise UserError(unknown("task", task, task_names()))
    cells = words(options.cells) if options.cells else list(COMPARED)
    for cell in cells:
        if cell not in CELLS:
            raise UserError(unknown("cell", cell, CELLS))
    return [search_of(task, cells, options) for task in dict.fromkeys(tasks)]


def search_of(task: str, cells: list[str], options: Namespace) -> Search:
    out = folder_of(options) / task
    framework = options.frameworks or OTHERS.get(task, FASTEST)
    presets = get_task(task).presets
    if options.preset not in presets:
        raise UserError(unknown("preset", options.preset, presets))
    given = {
        "--task": [task],
        "--preset": [options.preset],
        "--frameworks": [framework],
        "--cells": cells,
        "--space": list(SPACE),
        "--trials": [str(options.trials)],
        "--seeds": [str(options.seeds)],
        "--timeout": [f"{options.timeout:g}"],
        "--checkpoints": ["off"],
        "--report": ["off"],
        "--out": [str(out)],
    }
    given |= {
        f"--{name}": [str(value or "auto")]  # 0 jobs: as many as fit
        for name in PASSED
        if (value := getattr(options, name)) is not None
    }
    flags = [word for name, value in given.items() for word in (name, *value)]
    flags += ["--time-tests", *["--quiet"] * options.quiet]
    return Search(task, cells, options.seeds, out, flags)


def folder_of(options: Namespace) -> Path:
    out: Path | None = options.out
    return out or Path("results") / "atlas"

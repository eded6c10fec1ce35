"""Flags that several commands have, and one for each field of a record."""

from __future__ import annotations

import dataclasses
from argparse import SUPPRESS
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from comparisons.arguments.parser import plain
from comparisons.arguments.types import TYPES, at_least, number
from comparisons.frameworks import FRAMEWORKS
from shared.specs import CELLS, DEVICES
from shared.task import Task
from shared.tasks import DERIVED, defaults

FIXED = DERIVED | {"data_sha256"}  # of the user's own file
"""Fields that a run sets itself, so that they have no flag."""

CHECKPOINT = "folder of best/, or a *.safetensors file of a run"
SHORT = 30
"""Characters of choices that stand in place of a value's name."""


def add_frameworks(group: Any, default: str = "pytorch, keras, jax") -> None:
    """Which frameworks, of all that there are."""
    group.add_argument(
        "--frameworks",
        nargs="+",
        metavar="NAME",
        choices=tuple(FRAMEWORKS),
        help=f"frameworks, of {', '.join(FRAMEWORKS)} (default: {default})",
    )


def add_cells(group: Any, default: str = "rnn, gru, lstm") -> None:
    """Which cells, of all that there are."""
    group.add_argument(
        "--cells",
        nargs="+",
        metavar="NAME",
        choices=CELLS,
        help=f"cells, of {', '.join(CELLS)} (default: {default})",
    )


def add_framework(group: Any, text: str) -> None:
    """Which framework, where there is one."""
    group.add_argument(
        "--framework", metavar="NAME", choices=tuple(FRAMEWORKS), help=text
    )


def add_device(group: Any, default: str) -> None:
    """Which device."""
    group.add_argument(
        "--device",
        metavar="NAME",
        choices=DEVICES,
        default=default,
        help=f"device to compute on: {', '.join(DEVICES)}",
    )


def add_timeout(group: Any, seconds: float, what: str) -> None:
    """How long a process may take."""
    group.add_argument(
        "--timeout",
        type=at_least(1, number),
        default=seconds,
        metavar="SECONDS",
        help=f"seconds after which {what} is ended",
    )


def add_out(group: Any, default: str = "results/TASK") -> None:
    """Which folder is written to."""
    group.add_argument(
        "--out",
        type=Path,
        metavar="DIR",
        help=f"folder of the results (default: {default})",
    )


def add_checkpoint(group: Any, more: str = "", **options: Any) -> None:
    """Which trained model."""
    group.add_argument(
        "--checkpoint",
        type=Path,
        metavar="PATH",
        help=f"trained model: a {CHECKPOINT}{more}",
        **options,
    )


def records(task: Task) -> dict[str, Any]:
    """The records whose fields are flags."""
    return {"model": task.model, "train": task.train, "data": task.data}


def add_task_flags(parser: Any, task: Task, preset: str) -> None:
    """The flags of a task's data, model and training, with their defaults."""
    usual = defaults(task, preset, {})
    for title, kind, record in (
        (f"data of {task.name}", "data", task.data),
        (f"model ({task.model.model.replace('_', ' ')})", "model", task.model),
        ("training", "train", task.train),
    ):
        group = parser.add_argument_group(title)
        add_fields(group, record, task.model.model, usual[kind])


def add_fields(
    group: Any,
    record: Any,
    model: str,
    usual: Mapping[str, Any] | None = None,
) -> None:
    """One flag for each field that the model heeds; absent unless given.

    usual: field -> the default that the help shows; else the record's.
    """
    for item in dataclasses.fields(record):
        models = item.metadata.get("models")
        if item.name in FIXED or (models and model not in models):
            continue
        value = getattr(record, item.name)
        choices = item.metadata.get("choices")
        shown = usual[item.name] if usual else value
        text = item.metadata.get("help", "").replace("%", "%%")
        if choices and len("|".join(choices)) > SHORT:
            text += f": {', '.join(choices)}"
        group.add_argument(
            "--" + item.name.replace("_", "-"),
            dest=item.name,
            default=SUPPRESS,
            help=f"{text} (default: {plain(shown)})",
            **kind_of(value, choices),
        )


def kind_of(value: Any, choices: tuple[str, ...] | None) -> dict[str, Any]:
    """How argparse reads a flag whose default is this value."""
    if isinstance(value, bool):
        return {
            "type": TYPES[bool],
            "nargs": "?",
            "const": True,
            "metavar": "on|off",
        }
    if choices:
        short = "|".join(choices)
        metavar = short if len(short) <= SHORT else "NAME"
        return {"choices": choices, "metavar": metavar}
    metavar = {int: "N", float: "X", str: "TEXT"}[type(value)]
    return {"type": TYPES[type(value)], "metavar": metavar}

"""A flag is its name and argparse's options; records add one a field."""

from __future__ import annotations

import dataclasses
from argparse import SUPPRESS
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import Any

from comparisons.arguments.parser import plain
from comparisons.arguments.types import TYPES, at_least, real
from comparisons.frameworks import FRAMEWORKS
from shared.specs import CELLS, DEVICES
from shared.task import Task
from shared.tasks import DERIVED

Flag = tuple[str, dict[str, Any]]
Groups = Mapping[str, Iterable[Any]]
"""Title, "" for none -> flags; of a list of flags only one can be given."""

FIXED = DERIVED | {"data_sha256"}  # of the user's own file
"""Fields that a run sets itself, so that they have no flag."""

CHECKPOINT = "folder of best/, or a *.safetensors file of a run"
MAINSTREAM = ("pytorch", "keras", "jax")
SHORT = 30
"""Longest list of choices that stands for the name of the value."""


def flag(name: str, text: str, **options: Any) -> Flag:
    """A flag and what it means."""
    return name, {"help": text, **options}


def number(
    name: str,
    text: str,
    default: int | None = None,
    least: int = 1,
    **more: Any,
) -> Flag:
    """A whole number that is not less than another."""
    kind = {"type": at_least(least), "default": default, "metavar": "N"}
    return flag(name, text, **kind, **more)


def path(name: str, text: str, metavar: str = "FILE", **options: Any) -> Flag:
    """A file or a folder."""
    return flag(name, text, type=Path, metavar=metavar, **options)


def choice(
    name: str, text: str, choices: Collection[str], note: str = "", **more: Any
) -> Flag:
    """One of several words; the usage shows them where they are few."""
    options = choices_of(choices) | more
    return flag(name, listed(text, choices) + note, **options)


def choices_of(choices: Collection[str]) -> dict[str, Any]:
    """argparse's options of a choice."""
    short = "|".join(choices)
    metavar = short if len(short) <= SHORT else "NAME"
    return {"choices": tuple(choices), "metavar": metavar}


def listed(text: str, choices: Collection[str]) -> str:
    """A help text, with the choices that are too long for the usage."""
    long = len("|".join(choices)) > SHORT
    return f"{text}: {', '.join(choices)}" if long else text


def several(
    name: str, text: str, choices: Collection[str], default: str
) -> Flag:
    """Some of several words."""
    text = f"{text}: {', '.join(choices)} (default: {default})"
    kind = {"nargs": "+", "metavar": "NAME", "choices": tuple(choices)}
    return flag(name, text, **kind)


def frameworks(default: str = ", ".join(MAINSTREAM)) -> Flag:
    """Which frameworks, of all that there are."""
    return several("--frameworks", "frameworks", FRAMEWORKS, default)


def cells(default: str = "rnn, gru, lstm") -> Flag:
    """Which cells, of all that there are."""
    return several("--cells", "cells", CELLS, default)


def framework(text: str) -> Flag:
    """Which framework, where there is one."""
    kind = {"metavar": "NAME", "choices": tuple(FRAMEWORKS)}
    return flag("--framework", text, **kind)


def device(default: str) -> Flag:
    """Which device."""
    return choice("--device", "device to compute on", DEVICES, default=default)


def timeout(what: str, seconds: float = 900.0) -> Flag:
    """How long a process may take."""
    text = f"seconds after which {what} is ended"
    kind = {"type": at_least(1, real), "metavar": "SECONDS"}
    return flag("--timeout", text, default=seconds, **kind)


def out(default: str = "results/TASK") -> Flag:
    """Which folder is written to."""
    return path("--out", f"folder of the results (default: {default})", "DIR")


def checkpoint(more: str = "", **options: Any) -> Flag:
    """Which trained model."""
    text = f"trained model: a {CHECKPOINT}{more}"
    return path("--checkpoint", text, "PATH", **options)


def add_groups(parser: Any, groups: Groups) -> None:
    """Add the flags, each below its title."""
    for title, flags in groups.items():
        group = parser.add_argument_group(title) if title else parser
        for item in flags:
            if isinstance(item, list):
                exclusive = group.add_mutually_exclusive_group()
                for name, options in item:
                    exclusive.add_argument(name, **options)
            else:
                group.add_argument(item[0], **item[1])


def records(task: Task) -> dict[str, Any]:
    """The records whose fields are flags."""
    return {"model": task.model, "train": task.train, "data": task.data}


def of_fields(
    record: Any, model: str, usual: Mapping[str, Any] | None = None
) -> list[Flag]:
    """One flag for each field that the model uses; absent unless given.

    usual: field -> the default that the help shows; else the record's.
    """
    flags = []
    for item in dataclasses.fields(record):
        models = item.metadata.get("models")
        if item.name in FIXED or (models and model not in models):
            continue
        value = getattr(record, item.name)
        choices = item.metadata.get("choices") or ()
        shown = usual[item.name] if usual else value
        text = listed(item.metadata["help"].replace("%", "%%"), choices)
        text += f" (default: {plain(shown)})"
        kind = choices_of(choices) if choices else kind_of(value)
        name = "--" + item.name.replace("_", "-")
        flags.append(flag(name, text, default=SUPPRESS, **kind))
    return flags


def kind_of(value: Any) -> dict[str, Any]:
    """How argparse reads a flag whose default is this value."""
    if isinstance(value, bool):
        more = {"nargs": "?", "const": True, "metavar": "on|off"}
        return {"type": TYPES[bool], **more}
    metavar = {int: "N", float: "X", str: "TEXT"}[type(value)]
    return {"type": TYPES[type(value)], "metavar": metavar}

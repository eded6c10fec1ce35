"""A flag is its name and argparse's options; records add one a field."""

from __future__ import annotations

import dataclasses
from argparse import SUPPRESS, ArgumentTypeError
from collections.abc import Callable, Collection, Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from comparisons.arguments.parser import plain
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
SHORT = 30
"""Longest list of choices that the usage shows instead of NAME."""


def on_or_off(text: str) -> bool:
    if text not in ("on", "off"):
        raise ArgumentTypeError(f"'{text}' is neither on nor off")
    return text == "on"


def at_least(least: int | None, kind: type = int) -> Callable[[str], Any]:
    """What reads a number from text; least: the least that it admits."""

    def read(text: str) -> Any:
        try:
            value = kind(text)
        except ValueError:
            name = "whole number" if kind is int else "number"
            raise ArgumentTypeError(f"'{text}' is not a {name}") from None
        if least is not None and not value >= least:
            raise ArgumentTypeError(f"must be at least {least}, not {value}")
        return value

    return read


def comma_separated(text: str) -> list[int]:
    """Whole numbers from 1 on."""
    return [at_least(1)(word) for word in text.split(",") if word]


def flag(name: str, text: str, **options: Any) -> Flag:
    return name, {"help": text, **options}


path = partial(flag, type=Path, metavar="FILE")
switch = partial(flag, action="store_true")
index = partial(flag, type=int, metavar="N")
numbers = partial(flag, type=comma_separated, nargs="+", metavar="N")
texts = partial(flag, "--text", action="append", default=[])
framework = partial(
    flag, "--framework", metavar="NAME", choices=tuple(FRAMEWORKS)
)


def number(
    name: str, text: str, default: int | None = None, least: int = 1
) -> Flag:
    kind = {"type": at_least(least), "default": default, "metavar": "N"}
    return flag(name, text, **kind)


def choice(
    name: str,
    text: str,
    choices: Collection[str],
    note: str = "",
    short: int = SHORT,
    **more: Any,
) -> Flag:
    """One of several words; the usage shows them up to a length `short`."""
    metavar = "|".join(choices)
    if len(metavar) > short:
        text, metavar = f"{text}: {', '.join(choices)}", "NAME"
    more |= {"choices": tuple(choices), "metavar": metavar}
    return flag(name, text + note, **more)


def frameworks(default: str = "pytorch, keras, jax") -> Flag:
    note = f" (default: {default})"
    return choice("--frameworks", "frameworks", FRAMEWORKS, note, nargs="+")


def cells(default: str = "rnn, gru, lstm") -> Flag:
    note = f" (default: {default})"
    return choice("--cells", "cells", CELLS, note, short=0, nargs="+")


def device(default: str) -> Flag:
    return choice("--device", "device to compute on", DEVICES, default=default)


def timeout(process: str, seconds: float = 900.0) -> Flag:
    text = f"seconds after which {process} is ended"
    kind = {"type": at_least(1, float), "metavar": "SECONDS"}
    return flag("--timeout", text, default=seconds, **kind)


def out(default: str = "results/TASK") -> Flag:
    text = f"folder of the results (default: {default})"
    return path("--out", text, metavar="DIR")


def checkpoint(more: str = "", **options: Any) -> Flag:
    text = f"trained model: a {CHECKPOINT}{more}"
    return path("--checkpoint", text, metavar="PATH", **options)


def add_groups(parser: Any, groups: Groups) -> None:
    for title, flags in groups.items():
        group = parser.add_argument_group(title) if title else parser
        for item in flags:
            one_of = isinstance(item, list)
            place = group.add_mutually_exclusive_group() if one_of else group
            for name, options in item if one_of else [item]:
                place.add_argument(name, **options)


def records(task: Task) -> dict[str, Any]:
    return {"model": task.model, "train": task.train, "data": task.data}


def of_fields(
    record: Any, model: str, defaults: Mapping[str, Any] | None = None
) -> list[Flag]:
    """One flag for each field that the model uses; absent unless given.

    defaults: field -> the default that the help shows; else the record's.
    """
    flags = []
    for item in dataclasses.fields(record):
        models, choices = map(item.metadata.get, ("models", "choices"))
        if item.name in FIXED or (models and model not in models):
            continue
        value = getattr(record, item.name)
        note = f" (default: {plain((defaults or vars(record))[item.name])})"
        name = f"--{item.name.replace('_', '-')}"
        text = item.metadata["help"].replace("%", "%%")
        if choices:
            made = choice(name, text, choices, note, default=SUPPRESS)
        else:
            kind = kind_of(value)
            made = flag(name, text + note, default=SUPPRESS, **kind)
        flags.append(made)
    return flags


def kind_of(value: Any) -> dict[str, Any]:
    """How argparse reads a flag whose default is this value."""
    if isinstance(value, bool):
        more = {"nargs": "?", "const": True, "metavar": "on|off"}
        return {"type": on_or_off, **more}
    if isinstance(value, str):
        return {"type": str, "metavar": "TEXT"}
    metavar = "N" if isinstance(value, int) else "X"
    return {"type": at_least(None, type(value)), "metavar": metavar}

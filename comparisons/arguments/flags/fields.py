"""One flag for each field of a record."""

import dataclasses
from argparse import SUPPRESS, ArgumentTypeError
from collections.abc import Mapping
from typing import Any

from comparisons.arguments.flags.flag import (
    Flag,
    at_least,
    choice,
    filled,
    flag,
)
from comparisons.arguments.parser import plain
from shared.files.user_file import DIGESTS
from shared.task import Task
from shared.tasks import DERIVED

FIXED = DERIVED | set(DIGESTS.values())
"""Fields that a run sets itself, so that they have no flag."""


def records(task: Task) -> dict[str, Any]:
    """The records whose fields are flags."""
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
        if each := item.metadata.get("each"):
            made = flag(name, text + note, default=SUPPRESS, **several(each))
        elif choices and not item.metadata.get("prefixes"):
            made = choice(name, text, choices, note, default=SUPPRESS)
        else:
            kind = kind_of(value, item.metadata.get("blank", False))
            made = flag(name, text + note, default=SUPPRESS, **kind)
        flags.append(made)
    return flags


def kind_of(value: Any, blank: bool = False) -> dict[str, Any]:
    """How argparse reads a flag whose default is this value.

    blank: whether a text may be blank, such as the tab that delimits columns.
    """
    if isinstance(value, bool):
        more = {"nargs": "?", "const": True, "metavar": "on|off"}
        return {"type": on_or_off, **more}
    if isinstance(value, str):
        return {"type": str if blank else filled, "metavar": "TEXT"}
    metavar = "N" if isinstance(value, int) else "X"
    return {"type": at_least(None, type(value)), "metavar": metavar}


def several(kind: type) -> dict[str, Any]:
    """How argparse reads a flag of several texts or numbers."""
    more = {"nargs": "+", "sweep": False}
    if kind is str:
        return {"type": filled, "metavar": "NAME", **more}
    return {"type": at_least(None, kind), "metavar": "X", **more}


def on_or_off(text: str) -> bool:
    if text not in ("on", "off"):
        raise ArgumentTypeError(f"'{text}' is neither on nor off")
    return text == "on"

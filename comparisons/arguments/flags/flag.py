"""A flag is its name and argparse's options."""

from argparse import ArgumentTypeError
from collections.abc import Callable, Collection, Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

Flag = tuple[str, dict[str, Any]]
Groups = Mapping[str, Iterable[Any]]
"""Title, "" for none -> flags; of a list of flags only one can be given."""

SHORT = 30
"""Longest list of choices that the usage shows instead of NAME."""


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


def add_groups(parser: Any, groups: Groups) -> None:
    """Add the flags, each below its title."""
    for title, flags in groups.items():
        group = parser.add_argument_group(title) if title else parser
        for item in flags:
            one_of = isinstance(item, list)
            place = group.add_mutually_exclusive_group() if one_of else group
            for name, options in item if one_of else [item]:
                place.add_argument(name, **options)

"""A flag is its name and argparse's options."""

import math
import re
from argparse import ArgumentTypeError
from collections.abc import Callable, Collection, Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from shared.fields import MOST_INTEGER

MOST_NUMBER = 1e30
"""In single precision few larger ones can be computed with."""

Flag = tuple[str, dict[str, Any]]
Groups = Mapping[str, Iterable[Any]]
"""Title, "" for none -> flags; of a list of flags only one can be given."""

SHORT = 30
"""Longest list of choices that the usage shows instead of NAME."""


def filled(text: str) -> str:
    """A path or a name: not that of an unset variable, nor unfit to record."""
    if not text.strip():
        raise ArgumentTypeError("is empty")
    if "\0" in text:
        raise ArgumentTypeError("has a NUL character")
    if re.search("[\ud800-\udfff]", text):
        raise ArgumentTypeError(f"is not UTF-8: '{text}'")
    return text


def path_of(text: str) -> Path:
    return Path(filled(text))


def at_least(
    least: int | None, kind: type = int, most: float | None = None
) -> Callable[[str], Any]:
    """What reads a finite number from text, from `least` up to `most`.

    Else an integer is at most MOST_INTEGER, and a number MOST_NUMBER.
    """
    most = most or (MOST_INTEGER if kind is int else MOST_NUMBER)

    def read(text: str) -> Any:
        try:
            value = kind(text)
        except ValueError:
            name = "whole number" if kind is int else "number"
            raise ArgumentTypeError(f"'{text}' is not a {name}") from None
        if kind is float and not math.isfinite(value):
            raise ArgumentTypeError(f"must be finite, not {text}")
        if least is not None and value < least:
            raise ArgumentTypeError(f"must be at least {least}, not {value}")
        if abs(value) > most:
            sign = "-" if value < 0 else ""
            bound = f"at {'least' if sign else 'most'} {sign}{most}"
            raise ArgumentTypeError(f"must be {bound}, not {text}")
        return value

    return read


def comma_separated(text: str) -> list[int]:
    """Whole numbers from 1 on."""
    words = [word for word in filled(text).split(",") if word]
    if not words:
        raise ArgumentTypeError(f"'{text}' has no number")
    return [at_least(1)(word) for word in words]


def flag(name: str, text: str, **options: Any) -> Flag:
    """A flag whose text is not empty, unless its type says otherwise.

    sweep: whether `--sweep` can vary it; true unless given.
    """
    if options.get("action") in (None, "append"):
        options = {"type": filled, **options}
    return name, {"help": text, **options}


path = partial(flag, type=path_of, metavar="FILE")
switch = partial(flag, action="store_true")
index = partial(flag, type=at_least(None), metavar="N")
numbers = partial(flag, type=comma_separated, nargs="+", metavar="N")


def number(
    name: str,
    text: str,
    default: int | None = None,
    least: int = 1,
    most: int = MOST_INTEGER,
) -> Flag:
    kind = {"type": at_least(least, int, most), "metavar": "N"}
    return flag(name, text, default=default, **kind)


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
                varied = options.get("sweep", True)
                known = {n: v for n, v in options.items() if n != "sweep"}
                action = place.add_argument(name, **known)
                action.sweep = varied and action.nargs != 0

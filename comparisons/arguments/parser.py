"""One kind of parser: errors are one line, and name what was meant."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator, Sequence
from typing import Any, NoReturn

from shared.errors import UserError, unknown
from shared.fields import RENAMED_VALUES, current_name

PROGRAM = "compare.py"
WIDTH, INDENT = 80, 28

KINDS = {
    "frameworks": "framework",
    "cells": "cell",
    "features": "feature",
    "unknown": "value of --unknown",
}
"""Destination of a flag -> what a message calls its value."""

OLD_FLAGS = {"find": "features"}
"""Old name of a flag that is no field -> its name."""

NUMBERS = {"framework": "frameworks", "cell": "cells"}
"""Both numbers of these flags are accepted everywhere."""
NUMBERS |= {plural: singular for singular, plural in NUMBERS.items()}


class HelpFormatter(argparse.HelpFormatter):
    """Help of at most 80 columns; each flag ends with its default."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, max_help_position=INDENT, width=WIDTH)

    def _get_help_string(self, action: argparse.Action) -> str:
        text = action.help or ""
        value = action.default
        if "(default: " in text or action.nargs == 0:
            return text
        if value is None or value == argparse.SUPPRESS or value == []:
            return text
        return f"{text} (default: {plain(value)})"


class Parser(argparse.ArgumentParser):
    """A parser of one command; its errors are UserErrors."""

    def __init__(self, *args: Any, **options: Any) -> None:
        given = {"allow_abbrev": False, "formatter_class": HelpFormatter}
        super().__init__(*args, **{**given, **options})

    @property
    def flags(self) -> dict[str, argparse.Action]:
        """Each flag and what it sets."""
        return self._option_string_actions

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        """Refuse the first unknown flag, before what it leaves missing."""
        if self._subparsers is None:
            args = self.current(args or [])
            for word in flags_of(args):
                if word not in self.flags:
                    known = [f for f in self.flags if f.startswith("--")]
                    raise UserError(unknown("flag", word, known))
        return super().parse_known_args(args, namespace)

    def current(self, words: Sequence[str]) -> list[str]:
        """The words with old names of flags and values replaced."""
        names = {flag[2:].replace("-", "_") for flag in self.flags}
        found = list(words)
        for place, word in enumerate(found):
            if word == "--":
                break
            if word.startswith("--"):
                flag, equals, value = word.partition("=")
                new = current_flag(flag[2:], names)
                given = value if equals else next(iter(found[place + 1 :]), "")
                new = MOVED_VALUES.get((new, given), new)
                values = RENAMED_VALUES.get(new.replace("-", "_"), {})
                if equals:
                    value = values.get(value, value)
                elif place + 1 < len(found) and flag[2:] != new:
                    after = found[place + 1]
                    found[place + 1] = values.get(after, after)
                found[place] = f"--{new}{equals}{value}"
        return found

    def _check_value(self, action: argparse.Action, value: Any) -> None:
        """Refuse a value that is none of the choices; `a,b` is two values."""
        if action.choices is None:
            return
        many = action.nargs == "+" and isinstance(value, str)
        for one in value.split(",") if many else [value]:
            if one not in action.choices and not (many and not one):
                kind = KINDS.get(action.dest, action.dest)
                raise UserError(unknown(kind, one, action.choices))

    def error(self, message: str) -> NoReturn:
        """Raise what argparse would print below its usage."""
        text = message.removeprefix("argument ")
        raise UserError(re.sub(r"^(--\S+): must be", r"\1 must be", text))


def plain(value: Any) -> str:
    """A default as it is written on the command line."""
    if isinstance(value, bool):
        return "on" if value else "off"
    if isinstance(value, float):
        return f"{value:g}"
    return str(value).replace("%", "%%") or "none"


MOVED_VALUES = {("teacher-forcing", "linear"): "teacher-forcing-decay"}
"""A flag and its old value -> the flag that has this value now."""


def current_flag(name: str, names: set[str]) -> str:
    """The name of a flag among `names`, given that or an old one of it."""
    field = name.replace("-", "_")
    if field in names:
        return name
    for other in (
        current_name(field, names),
        OLD_FLAGS.get(field, field),
        NUMBERS.get(field, field),
    ):
        if other in names:
            return other.replace("_", "-")
    return name


def flags_of(words: Sequence[str]) -> Iterator[str]:
    """The flags among some words, up to a bare `--`."""
    for word in words:
        if word == "--":
            return
        if word.startswith("--") and " " not in word.partition("=")[0]:
            yield word.partition("=")[0]


def take(words: Sequence[str], flag: str) -> tuple[list[str], list[str]]:
    """The values of a flag that has one each time, and the other words."""
    values, rest, words = [], [], list(words)
    while words:
        word = words.pop(0)
        if word == flag and words:
            values.append(words.pop(0))
        elif word.startswith(f"{flag}="):
            values.append(word.partition("=")[2])
        else:
            rest.append(word)
    return values, rest

"""One kind of parser: errors are one line, and name what was meant."""

import argparse
import re
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Any, NoReturn

from shared.errors import UserError, unknown
from shared.fields import RENAMED_VALUES, current_name

KINDS = {
    "frameworks": "framework",
    "cells": "cell",
    "features": "feature",
    "techniques": "technique",
    "grid_framework": "framework",
    "columns": "column",
    "unknown": "value of --unknown",
}
"""Destination of a flag -> what a message calls its value."""

ALIASES = {
    "framework": "frameworks",
    "frameworks": "framework",
    "cell": "cells",
    "cells": "cell",
    "find": "features",
}
"""Other name of a flag that is no field -> its name."""

MOVED_VALUES = {("teacher-forcing", "linear"): "teacher-forcing-decay"}
"""A flag and its old value -> the flag that has this value now."""


NEGATIVE = re.compile(r"-(\d|\.\d|inf|nan)", re.IGNORECASE)
"""How a value begins that is a negative number, and no flag."""


SINGLE = re.compile(rf"(?!{NEGATIVE.pattern})-[a-z][a-z-]+$", re.IGNORECASE)
"""A flag of several letters after one hyphen: there are none such."""


class HelpFormatter(argparse.HelpFormatter):
    """Help of at most 80 columns; each flag ends with its default."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, max_help_position=28, width=80)

    def _get_help_string(self, action: argparse.Action) -> str:
        text, value = action.help or "", action.default
        known = "(default: " in text or action.nargs == 0
        if known or value in (None, argparse.SUPPRESS, []):
            return text
        return f"{text} (default: {plain(value)})"


class Parser(argparse.ArgumentParser):
    """A parser of one command; its errors are UserErrors."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            allow_abbrev=False, formatter_class=HelpFormatter, **options
        )
        self._negative_number_matcher = NEGATIVE  # argparse's lacks -1e5

    @property
    def flags(self) -> dict[str, argparse.Action]:
        return self._option_string_actions

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        """Refuse the first unknown flag, before what it leaves missing."""
        if self._subparsers is None:
            args = self.current(args or [])
            for word in chain(flags_of(args), filter(SINGLE.match, args)):
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
            flag, equals, value = word.partition("=")
            if not flag.startswith("--"):
                continue
            after = found[place + 1 : place + 2]
            old = value if equals else next(iter(after), "")
            new = current_flag(flag[2:], names)
            new = MOVED_VALUES.get((new, old), new)
            values = RENAMED_VALUES.get(new.replace("-", "_"), {})
            if equals:
                value = values.get(value, value)
            elif flag[2:] != new:
                found[place + 1 : place + 2] = [values.get(w, w) for w in after]
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
        raise UserError(re.sub(r"^(\S+): (must be|is|has) ", r"\1 \2 ", text))


def plain(value: Any) -> str:
    """A default as on the command line."""
    if isinstance(value, bool):
        return "on" if value else "off"
    if isinstance(value, float):
        return f"{value:g}"
    if isinstance(value, tuple):
        return " ".join(map(plain, value)) or "none"
    return str(value).replace("%", "%%") or "none"


def current_flag(name: str, names: set[str]) -> str:
    """The name of a flag among `names`, given that or an old one of it."""
    field = name.replace("-", "_")
    if field not in names:
        for other in (current_name(field, names), ALIASES.get(field)):
            if other in names:
                return other.replace("_", "-")
    return name


def flags_of(words: Sequence[str]) -> Iterator[str]:
    """The flags among some words, up to a bare `--`."""
    for word in words:
        if word == "--":
            return
        flag = word.partition("=")[0]
        if flag.startswith("--") and " " not in flag:
            yield flag


def take(words: Sequence[str], flag: str) -> tuple[list[str], list[str]]:
    """The values of a flag that has one each time, and the other words."""
    values, others, left = [], [], list(words)
    while left:
        word = left.pop(0)
        name, equals, value = word.partition("=")
        if name != flag or not (equals or left):
            others.append(word)
            continue
        values.append(value if equals else left.pop(0))
        if not values[-1].strip():
            raise UserError(f"{flag} is empty")
    return values, others

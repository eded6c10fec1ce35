"""Errors that a user can mend; each message is one line."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

LISTED = ("task", "framework", "cell", "preset")
"""Kinds of names that `compare.py --list` shows."""


class UserError(Exception):
    """An error that the user can fix: printed as one line, no traceback."""


class SpecError(UserError):
    """A value that an option does not admit."""


class DataError(UserError):
    """Data that is absent, altered or unavailable."""


class DeviceError(UserError):
    """A device that this machine or this framework does not have."""


def unknown(kind: str, value: object, choices: Iterable[str]) -> str:
    names = sorted(choices)
    near = difflib.get_close_matches(str(value), names, n=1, cutoff=0.5)
    hint = f"did you mean '{near[0]}'? " if near else ""
    words = kind.replace("_", " ")
    listed = " (compare.py --list)" if kind in LISTED else ""
    return (
        f"unknown {words} '{value}'; {hint}choices: {', '.join(names)}{listed}"
    )

"""Errors that a user can fix; each message is one line."""

import difflib
from collections.abc import Iterable

from shared.printable import shortened

LISTED = ("task", "framework", "cell", "preset")
"""Kinds of names that `compare.py list` shows."""

LONGEST = 20
"""Choices that one line names."""

LONGEST_VALUE = 100
"""Characters of a wrong value that a message shows."""


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
    cutoff = 0.6 if kind in ("flag", "key") else 0.5
    near = difflib.get_close_matches(str(value), names, 1, cutoff)
    hint = f" did you mean '{near[0]}'?" if near else ""
    words = kind.replace("_", " ")
    listed = f" choices: {', '.join(names)}" if len(names) <= LONGEST else ""
    more = " (compare.py list)" if kind in LISTED else ""
    shown = shortened(str(value), LONGEST_VALUE)
    return f"unknown {words} '{shown}';{hint}{listed or ' see --help'}{more}"

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

    def _render_traceback_(self) -> list[str]:
        """What IPython shows in place of the traceback."""
        return [f"{type(self).__name__}: {self}"]


class SpecError(UserError):
    """A value that an option does not admit."""


class DataError(UserError):
    """Data that is absent, altered or unavailable."""


class DeviceError(UserError):
    """A device that this machine or this framework does not have."""


def nearest(value: str, names: list[str], cutoff: float) -> str:
    """The name that a value begins or resembles, whatever its case, or ""."""
    lower = value.lower()
    begun = [name for name in names if lower[2:] and name.startswith(lower)]
    near = difflib.get_close_matches(value, names, 1, cutoff)
    near += difflib.get_close_matches(lower, names, 1, cutoff)
    return next(iter(begun + near), "")


def unknown(kind: str, value: object, choices: Iterable[str]) -> str:
    names = sorted(choices)
    cutoff = 0.6 if kind in ("flag", "key") else 0.5
    near = nearest(str(value), names, cutoff)
    hint = f" did you mean '{near}'?" if near else ""
    words = kind.replace("_", " ")
    listed = f" choices: {', '.join(names)}" if len(names) <= LONGEST else ""
    more = " (compare.py list)" if kind in LISTED else ""
    shown = shortened(str(value), LONGEST_VALUE)
    return f"unknown {words} '{shown}';{hint}{listed or ' see --help'}{more}"

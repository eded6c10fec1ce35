"""How a table is written in a file: its delimiter, its header, its numbers."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from functools import cache
from typing import Any

from shared.errors import SpecError

SIGNS = {
    "comma": ",",
    "semicolon": ";",
    "tab": "\t",
    "\\t": "\t",
    "pipe": "|",
    "colon": ":",
    "space": " ",
    "blank": " ",
    "dot": ".",
    "point": ".",
    "apostrophe": "'",
}
"""Names of signs that a shell makes hard to write."""

AUTO = "auto"
"""Found in the file where it is certain."""

DELIMITED = {
    "delimiter": AUTO,
    "quoting": AUTO,
    "skip_rows": 0,
    "header": "first",
}
"""Fields that only delimited text has, with their defaults."""

MISSING = frozenset(
    {
        *("", ".", "-", "--", "?", "\u2013", "\u2014", "nan", "-nan", "na"),
        *("n/a", "n.a.", "nil", "null", "none", "nat", "<na>", "\\n"),
        *("#n/a", "#na", "#n/a n/a", "1.#qnan", "-1.#ind", "1.#ind"),
        *("#div/0!", "#value!", "#ref!", "#num!", "#name?", "(null)"),
        *("..", "...", "\u2026", ":", "***", "missing"),
    }
)
"""How tables say that there is no value, in lower case."""


@dataclass(frozen=True)
class TableFormat:
    """How the rows of a file are read; `auto` is decided by `settled`.

    delimiter, decimal, thousands: a sign, its name in SIGNS, or `auto`, and
    `none` for no thousands separator; skip_rows: lines before the header,
    0 for those that are recognized; header: `first` or `none`; missing: more
    marks of a missing value, separated by commas; quoting: `auto` (none with
    tabs, else standard), `standard` or `none`.
    """

    encoding: str = "utf-8"
    delimiter: str = AUTO
    decimal: str = AUTO
    thousands: str = AUTO
    skip_rows: int = 0
    header: str = "first"
    missing: str = ""
    quoting: str = AUTO

    @classmethod
    def of(cls, options: Any) -> TableFormat:
        """The format that the data options of a task ask for."""
        names = [item.name for item in dataclasses.fields(cls)]
        found = {n: getattr(options, n) for n in names if hasattr(options, n)}
        for name in found.keys() & {"delimiter", "decimal", "thousands"}:
            found[name] = sign_of(name, found[name])
        form = cls(**found)
        if form.decimal == form.thousands != AUTO:
            raise SpecError(f"decimal and thousands are both '{form.decimal}'")
        return form

    def is_missing(self, text: str) -> bool:
        """Whether a field holds no value."""
        plain = folded(text)
        return plain in MISSING or plain in marks_of(self.missing)


def folded(text: str) -> str:
    """A field as marks of a missing value are compared."""
    return text.strip().lower()


@cache
def marks_of(missing: str) -> frozenset[str]:
    """The marks of `--missing`, in lower case; -999 is also -999.0."""
    marks = {mark.strip() for mark in missing.lower().split(",")} - {""}
    whole = {mark for mark in marks if mark.lstrip("+-").isdecimal()}
    zeros = {mark + "." + "0" * n for mark in whole for n in range(7)}
    return frozenset(marks | zeros)


def sign_of(name: str, value: str) -> str:
    """The sign of an option; SpecError unless it is one character."""
    if value == AUTO or (name, value) == ("thousands", "none"):
        return value
    sign = SIGNS.get(value.lower(), value)
    if len(sign) != 1 or sign.isalnum() or sign in '"\r\n+-':
        choices = [n for n in SIGNS if n.isalpha()]
        raise SpecError(
            f"{name} '{value}' is no single sign; choices: a sign, {AUTO}, "
            f"{', '.join(choices)}"
        )
    return sign

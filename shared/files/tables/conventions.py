"""Conventions of writing numbers: decimal signs and groups of digits."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from shared.files.tables.format import AUTO, TableFormat


class Convention(NamedTuple):
    """The decimal sign, and the sign between groups of three digits."""

    decimal: str
    thousands: str


NO_NUMBER = "is no number"
PLAIN = Convention(".", "")
CONVENTIONS = (
    *(PLAIN, Convention(",", "")),
    *(Convention(".", ","), Convention(",", ".")),
    *(Convention(".", " "), Convention(",", " ")),
    *(Convention(".", "'"), Convention(",", "'")),
)


def usual_convention(
    given: Sequence[str], form: TableFormat
) -> tuple[Convention, int, str] | None:
    """What `find_convention` finds for plain numbers, at once."""
    if form.delimiter == ";" or PLAIN not in _admitted(form):
        return None
    fits = misfit(given, PLAIN) == len(given)
    return (PLAIN, 0, "") if fits else None


def find_convention(
    given: Sequence[str], form: TableFormat
) -> tuple[Convention, int, str]:
    """The convention of the numbers, or the index of one and its fault."""
    admitted = _admitted(form)
    misfits = {c: misfit(given, c) for c in admitted}
    fitting = [c for c, index in misfits.items() if index == len(given)]
    if not fitting:
        best = max(admitted, key=misfits.__getitem__)
        return best, misfits[best], NO_NUMBER
    first = fitting[0]
    if AUTO not in (form.decimal, form.thousands) or not given:
        return first, 0, ""
    if first == PLAIN:
        doubtful = form.delimiter == ";" and _grouped(given, ".")
        others = [Convention(",", ".")] if doubtful else []
    else:
        others = fitting[1:]
    for other in others:
        for index, text in enumerate(given):
            values = _value(text, first), _value(text, other)
            if values[0] == values[1]:
                continue
            if first != PLAIN and _grouped(given, other.thousands):
                return other, 0, ""
            sign = first.decimal if first != PLAIN else other.thousands
            return (
                first,
                index,
                (
                    f"may be {values[0]:.12g} (--decimal '{sign}') or "
                    f"{values[1]:.12g} (--thousands '{sign}')"
                ),
            )
    return first, 0, ""


def _admitted(form: TableFormat) -> list[Convention]:
    """The conventions that the options leave, the simplest first."""
    thousands = "" if form.thousands == "none" else form.thousands
    if AUTO not in (form.decimal, thousands):
        return [Convention(form.decimal, thousands)]
    found = [
        c
        for c in CONVENTIONS
        if form.decimal in (AUTO, c.decimal)
        and thousands in (AUTO, c.thousands)
    ]
    if thousands == AUTO:
        return found or [Convention(form.decimal, "")]
    return found or [Convention(".", thousands)]


def misfit(given: Sequence[str], convention: Convention) -> int:
    """The index of the first number not written so, or how many there are."""
    match = _pattern(convention).fullmatch
    if all(map(match, given)):
        return len(given)
    return next(i for i, text in enumerate(given) if not match(text))


def _grouped(given: Sequence[str], sign: str) -> bool:
    """Whether the sign groups thousands: smaller numbers are without it.

    Numbers with three decimals all have the sign.
    """
    if not sign:
        return False
    match = _pattern(Convention("\0", sign)).fullmatch
    bare = [text.lstrip("+-") for text in given if sign not in text]
    small = all(text.isdigit() and len(text) < 4 for text in bare)
    return bool(bare) and small and all(map(match, given))


@cache
def _pattern(convention: Convention) -> re.Pattern[str]:
    decimal, thousands = map(re.escape, convention)
    plain = rf"(?:\d+(?:{decimal}\d*)?|{decimal}\d+)(?:[eE][+-]?\d+)?"
    if not thousands:
        return re.compile(rf"[+-]?{plain}")
    # The last group has three digits, those of India before it two.
    groups = rf"(?:{thousands}\d{{2,3}})*{thousands}\d{{3}}"
    grouped = rf"[1-9]\d{{0,2}}{groups}(?:{decimal}\d*)?"
    return re.compile(rf"[+-]?(?:{grouped}|{plain})")


def values_of(given: Sequence[str], convention: Convention) -> list[float]:
    if convention == PLAIN:
        return list(map(float, given))
    return [_value(text, convention) for text in given]


def _value(text: str, convention: Convention) -> float:
    decimal, thousands = convention
    plain = text.replace(thousands, "") if thousands else text
    return float(plain.replace(decimal, "."))

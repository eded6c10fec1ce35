"""Numbers as people write them: 1234.5, 1.234,5 and 1,234.5."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

import numpy as np

from shared.errors import DataError
from shared.files.table_format import AUTO, MISSING, TableFormat, marks_of

KEYBOARD = str.maketrans(
    dict.fromkeys("\u00a0\u2007\u2009\u202f", " ")
    | {"\u2212": "-", "\u2019": "'"}
)
"""Blanks, minus signs and apostrophes of typography -> those of a keyboard."""


class Convention(NamedTuple):
    """The decimal sign, and the sign between groups of three digits."""

    decimal: str
    thousands: str


PLAIN = Convention(".", "")
CONVENTIONS = (
    *(PLAIN, Convention(",", "")),
    *(Convention(".", ","), Convention(",", ".")),
    *(Convention(".", " "), Convention(",", " ")),
    *(Convention(".", "'"), Convention(",", "'")),
)


def column_values(
    file: str,
    name: str,
    places: Sequence[str],
    texts: Sequence[str],
    form: TableFormat,
) -> tuple[np.ndarray, list[str]]:
    """Values (n,) of a column, NaN where missing, and remarks on them.

    One convention holds for the whole column. DataError names the first row
    that is no number, or the options that choose between two conventions.
    """
    plain = [text.strip() for text in texts]
    absent = MISSING | marks_of(form.missing)
    rows = [row for row, t in enumerate(plain) if t.lower() not in absent]
    given = [plain[row] for row in rows]
    if not all(map(str.isascii, given)):
        given = [text.translate(KEYBOARD) for text in given]

    def fault(index: int, words: str) -> DataError:
        row = rows[index]
        where = f"{file}, {places[row]}: '{texts[row].strip()}'"
        return DataError(f"{where} in column '{name}' {words}")

    usual = _usual(given, form)
    convention, index, words = usual or _convention(given, form)
    if words:
        raise fault(index, words)
    found = np.array(_values(given, convention))
    if not np.isfinite(found).all():
        raise fault(int(np.argmin(np.isfinite(found))), "is no finite number")
    values = np.full(len(texts), np.nan)
    values[rows] = found
    sign = convention.thousands
    if form.thousands != AUTO or not any(sign in text for text in given):
        return values, []
    seen = f"'{sign}' in column '{name}' is read as the thousands separator"
    return values, [seen] if sign else []


def number_of(text: str, form: TableFormat) -> float:
    """The value of one field, NaN if missing; ValueError if it is none."""
    try:
        return float(column_values("", "", [""], [text], form)[0][0])
    except DataError as error:
        raise ValueError(f"'{text}' is no number") from error


def _usual(
    given: Sequence[str], form: TableFormat
) -> tuple[Convention, int, str] | None:
    """What `_convention` finds for plain numbers, at once."""
    if form.delimiter == ";" or PLAIN not in _admitted(form):
        return None
    fits = _misfit(given, PLAIN) == len(given)
    return (PLAIN, 0, "") if fits else None


def _convention(
    given: Sequence[str], form: TableFormat
) -> tuple[Convention, int, str]:
    """The convention of the numbers, or the index of one and its fault."""
    admitted = _admitted(form)
    misfits = {c: _misfit(given, c) for c in admitted}
    fitting = [c for c, index in misfits.items() if index == len(given)]
    if not fitting:
        best = max(admitted, key=misfits.__getitem__)
        return best, misfits[best], "is no number"
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


def _misfit(given: Sequence[str], convention: Convention) -> int:
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
    whole = r"\d+"
    if thousands:
        # The last group has three digits, those of India before it two.
        groups = rf"(?:{thousands}\d{{2,3}})*{thousands}\d{{3}}"
        whole = rf"(?:[1-9]\d{{0,2}}{groups}|\d+)"
    return re.compile(
        rf"[+-]?(?:{whole}(?:{decimal}\d*)?|{decimal}\d+)(?:[eE][+-]?\d+)?"
    )


def _values(given: Sequence[str], convention: Convention) -> list[float]:
    if convention == PLAIN:
        return list(map(float, given))
    return [_value(text, convention) for text in given]


def _value(text: str, convention: Convention) -> float:
    decimal, thousands = convention
    plain = text.replace(thousands, "") if thousands else text
    return float(plain.replace(decimal, "."))

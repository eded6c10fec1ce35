"""Numbers as people write them: 1234.5, 1.234,5 and 1,234.5."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from shared.errors import DataError
from shared.files.tables.conventions import (
    NO_NUMBER,
    Convention,
    find_convention,
    misfit,
    usual_convention,
    values_of,
)
from shared.files.tables.format import AUTO, MISSING, TableFormat, marks_of
from shared.files.tables.signs import (
    on_keyboard,
    signed,
    unquoted,
    without_unit,
)

TRUTH = {"true": "1", "false": "0"}

AGAIN = ": the names of the columns come again; remove this line"

NINES = re.compile(r"-99+(?:\.[09]+)?")
"""Numbers by which tables often say that there is no value."""


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
    given = unquoted([plain[row] for row in rows])
    if not all(map(str.isascii, given)):
        given = list(map(on_keyboard, given))

    def fault(index: int, words: str) -> DataError:
        row = rows[index]
        where = f"{file}, {places[row]}: '{texts[row].strip()}'"
        return DataError(f"{where} in column '{name}' {words}")

    truth = bool(given) and TRUTH.keys() >= set(map(str.lower, given))
    if truth:
        given = [TRUTH[text.lower()] for text in given]
    given, unit = without_unit(list(map(signed, given)))
    usual = usual_convention(given, form)
    convention, index, words = usual or find_convention(given, form)
    if words == NO_NUMBER and is_mark(given, index, convention):
        row = rows[index]
        again = plain[row].lower() == name.strip().lower()
        first = "" if row else places[row]
        words += AGAIN if again else advice(given[index], first)
    if words:
        raise fault(index, words)
    found = np.array(values_of(given, convention))
    if not np.isfinite(found).all():
        raise fault(int(np.argmin(np.isfinite(found))), "is no finite number")
    values = np.full(len(texts), np.nan)
    values[rows] = found
    remarks = [f"'{unit}' in column '{name}' is its unit"] if unit else []
    remarks += [f"column '{name}': true is read as 1, false as 0"] * truth
    remarks += [
        f"'{mark}' in column '{name}' is read as a number (--missing {mark} "
        "if it is a missing value)"
        for mark in likely_marks(given, found)
    ]
    if reading := read_as(given, convention, form):
        sign, use = reading
        remarks.append(f"'{sign}' in column '{name}' is read as the {use}")
    return values, remarks


def advice(text: str, first: str) -> str:
    """What reads a column in which one text is no number.

    first: where the first row is, if the text is in it.
    """
    words = f"; --missing '{text}' takes it as a missing value"
    line = first.removeprefix("line ")
    if line.isdecimal() and not any(map(str.isdigit, text)):
        words += (
            f"; --skip-rows {line} --header none skips it as a row of units "
            "and counts the columns from 1"
        )
    return words


def is_mark(given: list[str], index: int, convention: Convention) -> bool:
    """Whether one text alone, seldom among the others, is no number."""
    text = given[index]
    others = [other for other in given if other != text]
    if 2 * len(others) < len(given) or "," in text:
        return False
    return misfit(others, convention) == len(others)


def likely_marks(given: list[str], values: np.ndarray) -> list[str]:
    """A number such as -999 far below all others, which may be none."""
    if not len(values):
        return []
    text = given[int(np.argmin(values))]
    others = values[values > values.min()]
    far = len(others) > 0 and others.min() > values.min() / 2
    return [text] if far and NINES.fullmatch(text) else []


def read_as(
    given: list[str], convention: Convention, form: TableFormat
) -> tuple[str, str] | None:
    """A sign that could have been read otherwise, and its use."""
    decimal, thousands = convention
    if form.thousands != AUTO:
        return None
    if thousands and any(thousands in text for text in given):
        return thousands, "thousands separator"
    # Tables with semicolons are often of places that group by points.
    doubtful = form.delimiter == ";" and form.decimal == AUTO
    grouped = [t for t in given if decimal in t] == given != []
    fits = misfit(given, Convention(",", ".")) == len(given)
    if doubtful and decimal == "." and grouped and fits:
        return decimal, "decimal sign (--thousands '.' if it is not)"
    return None

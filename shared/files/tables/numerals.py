"""Numbers as people write them: 1234.5, 1.234,5 and 1,234.5."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from shared.errors import DataError
from shared.files.tables.conventions import (
    find_convention,
    usual_convention,
    values_of,
)
from shared.files.tables.format import AUTO, MISSING, TableFormat, marks_of

KEYBOARD = str.maketrans(
    dict.fromkeys("\u00a0\u2007\u2009\u202f", " ")
    | {"\u2212": "-", "\u2019": "'"}
)
"""Blanks, minus signs and apostrophes of typography -> those of a keyboard."""


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

    usual = usual_convention(given, form)
    convention, index, words = usual or find_convention(given, form)
    if words:
        raise fault(index, words)
    found = np.array(values_of(given, convention))
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

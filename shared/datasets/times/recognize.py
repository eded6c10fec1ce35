"""From the texts of a column to instants in order."""

from collections.abc import Sequence
from typing import NamedTuple
from warnings import catch_warnings, simplefilter

import numpy as np

from shared.datasets.times import arrange, dates, numbers
from shared.datasets.times.formats import AUTO, in_format
from shared.datasets.times.match import match, plain
from shared.datasets.times.readings import Column, Reading, choose, named

DATE = len("2001-01-31")


class Times(NamedTuple):
    """A column of n times.

    ticks: (n,) datetime64[us] in ascending order, or numbers;
    order: what puts the rows in that order;
    notes: remarks for the reader of the data.
    """

    ticks: np.ndarray
    order: np.ndarray | slice
    notes: tuple[str, ...]


def read_times(column: Column, words: str = AUTO) -> Times:
    """The times of all rows; DataError in one line if a row has none."""
    reading = recognize(column, words)
    order, notes = arrange.sorting(column, reading.ticks)
    ticks = reading.ticks[order]
    if notes:
        column = column._replace(
            texts=np.array(column.texts, object)[order].tolist(),
            places=np.array(column.places, object)[order].tolist(),
        )
    notes = [*reading.remarks, *notes, *arrange.check_order(column, ticks)]
    return Times(ticks, order, tuple(notes))


def recognize(column: Column, words: str) -> Reading:
    if "%" in words:
        return in_format(column, words)
    if words == AUTO and (ticks := iso(column.texts)) is not None:
        return Reading("", ticks, np.isnat(ticks))
    texts = plain(column.texts)
    ranked = numbers.all_numbers(texts)
    if ranked:
        found = numbers.readings(texts, column.name, words != AUTO)
    else:
        matches = match(texts)
        if isinstance(matches, int):
            raise column.no_time(numbers.first_other(texts) or matches)
        found = dates.readings(matches)
        ranked = matches.name in dates.RANKED
    if words == AUTO:
        return choose(column, found, ranked)
    return named(column, found, words)


def iso(texts: Sequence[str]) -> np.ndarray | None:
    """Dates and times of ISO 8601 without a zone; None if a row is none."""
    if len(texts[0]) < DATE or min(map(len, texts)) < DATE:
        return None
    if texts[0][4] != "-" or texts[0][7] != "-":
        return None
    with catch_warnings():
        simplefilter("error")  # numpy warns of zones
        try:
            return np.array(texts, "datetime64[us]")
        except (ValueError, UserWarning, DeprecationWarning):
            return None

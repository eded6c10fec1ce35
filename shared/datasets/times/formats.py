"""Times in a format that a user names."""

from datetime import UTC, datetime
from warnings import catch_warnings, simplefilter

import numpy as np

from shared.datasets.times.readings import Column, Reading
from shared.datasets.times.scales import SCALES
from shared.errors import SpecError, unknown

AUTO = "auto"
WORDS = (
    *("day/month/year", "month/day/year", "year/month/day"),
    *("year/month", "month/year", "year/quarter", "year/week", "year/day"),
    *("year/half", "year/third", "year", "decimal-years", *SCALES, "numbers"),
)
"""Names of readings that --time-format admits besides formats."""

ADDED = {"%V": (" %u", " 1"), "%W": (" %w", " 1"), "%U": (" %w", " 0")}
"""Week of a format -> what the first day of that week adds to it."""

WEEKDAYS = ("%u", "%w", "%a", "%A")


def check_format(words: str) -> None:
    """SpecError unless it is auto, a name, or a format of strptime."""
    if words == AUTO or words in WORDS:
        return
    if "%" not in words:
        choices = (AUTO, *WORDS, "a format such as %d.%m.%Y")
        raise SpecError(unknown("time_format", words, choices))
    try:
        parse(words, words)
    except ValueError as error:
        if "match" not in str(error) and "remains" not in str(error):
            raise SpecError(f"time_format '{words}': {error}") from None


def in_format(column: Column, words: str) -> Reading:
    """The times in a format of strptime; in UTC if it has an offset."""
    import pandas

    try:
        found = pandas.to_datetime(
            pandas.Series(column.texts), format=words, utc="%z" in words
        )
        ticks = found.dt.tz_localize(None).to_numpy("datetime64[us]")
        if np.isnat(ticks).any():  # of an empty text
            ticks = row_by_row(column, words)
    except (ValueError, TypeError, AttributeError):
        ticks = row_by_row(column, words)
    return Reading(words, ticks, np.zeros(len(ticks), bool))


def row_by_row(column: Column, words: str) -> np.ndarray:
    """As Python reads them; DataError for a row that differs."""
    times = []
    for row, text in enumerate(column.texts):
        try:
            time = parse(text, words)
        except ValueError:
            fault = f"is not of --time-format {words}"
            raise column.error(row, fault) from None
        if time.tzinfo:
            time = time.astimezone(UTC).replace(tzinfo=None)
        times.append(time)
    return np.array(times, "datetime64[us]")


def parse(text: str, words: str) -> datetime:
    """ValueError if the text is not of the format, or this is none."""
    for week, (part, first) in ADDED.items():
        if week in words and not any(day in words for day in WEEKDAYS):
            text, words = text + first, words + part
    with catch_warnings():
        simplefilter("ignore")  # a day without its year
        return datetime.strptime(text, words)

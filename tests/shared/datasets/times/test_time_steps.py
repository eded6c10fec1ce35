"""Steps between times: equal ones of a calendar, and counted ones."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from factories.times import (
    HOURS,
    MONTHS,
    read,
    step,
)


@pytest.mark.parametrize(
    ("texts", "first", "expected"),
    [
        (range(1871, 1971), "1871-01-01", "1 year"),
        ([f"{y}.0" for y in range(1871, 1971)], "1871-01-01", "1 year"),
        ([y + 0.5 for y in range(1700, 1800)], "1700-07-01", "1 year"),
        (["1980/81", "1981/82", "1982/83"], "1980-01-01", "1 year"),
        (
            ["1\u00ba de enero de 2020", "2 de enero de 2020"],
            "2020-01-01",
            "1 day",
        ),
        (["\uff12\uff10\uff12\uff10", "2021", "2022"], "2020-01-01", "1 year"),
        (["98", "99", "00", "01"], "1998-01-01", "1 year"),
        (["1990,0", "1990,083", "1990,167"], "1990-01-01", "1 month"),
        (["2020.001", "2020.002", "2020.003"], "2020-01-01", "1 day"),
        (["M11-2000", "M12-2000", "M01-2001"], "2000-11-01", "1 month"),
        (["1. Woche 2001", "2. Woche 2001"], "2001-01-01", "1 week"),
        (["1999H1", "1999H2", "2000H1"], "1999-01-01", "6 months"),
        (
            [f"{n // 12 + 1}-{n % 12 + 1:02}" for n in range(36)],
            "0001-01-01",
            "1 month",
        ),
        (["1-Jan", "1-Feb", "1-Mar"], "0001-01-01", "1 month"),
        (
            [f"{1749 + (m + 0.5) / 12:.3f}" for m in range(240)],
            "1749-01-01",
            "1 month",
        ),
        (
            [f"{1960 + m / 12:.3f}" for m in range(240)],
            "1960-01-01",
            "1 month",
        ),
        (["1871.09", "1871.1", "1871.11"], "1871-09-01", "1 month"),
        (["2001-01-31", "2001-02-28", "2001-03-31"], "2001-01-31", "1 month"),
        (["31/12/1999", "29/2/2000", "30/4/2000"], "1999-12-31", "2 months"),
        (["1999-12-31", "2000-12-31", "2001-12-31"], "1999-12-31", "1 year"),
        (HOURS.astype("M8[s]").astype("i8"), "2023-01-01", "1 hour"),
        (HOURS.astype("M8[ms]").astype("i8"), "2023-01-01", "1 hour"),
        (HOURS.astype("M8[ns]").astype("i8"), "2023-01-01", "1 hour"),
        (MONTHS.astype("M8[s]").astype("i8"), "1995-01-01", "1 month"),
        ([44927 + hour / 24 for hour in range(99)], "2023-01-01", "1 hour"),
        (["2023-01-01 23:00", "2023-01-01 24:00"], "2023-01-01", "1 hour"),
        (["13/1/2024 11 PM", "14/1/2024 12 AM"], "2024-01-13", "1 hour"),
        (["2001-01-01/2001-01-07", "2001-01-08/2001-01-14"], "2001", "1 week"),
        (["2024-02-28", "2024-02-29", "2024-03-01"], "2024-02-28", "1 day"),
        (["1st Jan 2001", "2nd Jan 2001"], "2001-01-01", "1 day"),
    ],
)
def test_equal_steps_of_the_calendar(texts, first, expected):
    found = read(texts)
    assert step(found) == expected
    assert found.ticks[0].astype("datetime64[D]") == np.datetime64(first, "D")
    assert not any("not the usual" in note for note in found.notes)


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (range(1, 600), "1"),
        (range(1_000_001, 1_000_600), "1"),
        ([f"{n:04}" for n in range(300)], "1"),
        (range(0, 3600 * 300, 3600), "3600"),
        (range(-10, 10), "1"),
        ([f"{n * 0.1}" for n in range(100)], "0.1"),
        ([f"{1974 + n / 52.18:.4f}" for n in range(300)], "0.0192"),
    ],
)
def test_steps_that_are_counted(texts, expected):
    found = read(texts)
    assert step(found) == expected
    assert found.notes == ()


def test_business_days_are_equal_steps():
    found = read(pd.bdate_range("2020-01-01", periods=300).strftime("%m/%d/%y"))
    assert step(found) == "1 business day"
    holiday = pd.bdate_range("2020-01-01", periods=300).delete(40)
    notes = read(holiday.strftime("%Y-%m-%d")).notes
    assert notes == (
        "1 of 298 steps are not the usual 1 business day, the first before "
        "2020-02-27 (line 42); rows are read as equal steps",
    )


@pytest.mark.parametrize(
    ("begin", "end"), [("1965", "1984"), ("1970", "1989"), ("1995", "2014")]
)
@pytest.mark.parametrize("step", [1, -1])
def test_two_digits_of_a_year_keep_the_order(begin, end, step):
    months = pd.date_range(f"{begin}-01-01", f"{end}-12-01", freq="MS")
    found = read(months[::step].strftime("%b-%y"))
    assert str(found.ticks[0].astype("datetime64[Y]")) == begin
    assert found.order == slice(None, None, None if step > 0 else -1)
    assert f"years are read as {begin} to {end}" in found.notes

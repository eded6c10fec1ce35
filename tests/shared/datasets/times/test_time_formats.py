"""Formats of times: one reading for the whole column."""

from __future__ import annotations

import pandas as pd
import pytest
from factories.times import (
    DAYS,
    HOURS,
    QUARTERS,
    RANGES,
    read,
    step,
)

from shared.errors import DataError

FORMATS = {
    "day": (
        *("%d/%m/%Y", "%m/%d/%Y", "%Y/%m/%d", "%d.%m.%Y", "%d-%m-%y"),
        *("%m/%d/%y", "%y-%m-%d", "%b %d, %Y", "%d %B %Y", "%a, %d %b %Y"),
        *("%Y%m%d", "%d-%b-%y", "%d%b%Y", "%Y-%j", "%Y%j", "%d%m%Y"),
        *("%y%m%d", "%G-W%V-%u", "%Y\u5e74%m\u6708%d\u65e5", "%j-%Y"),
        *("%Y. %m. %d.", "'%Y-%m-%d'", "%Y-%m-%d (%a)", "%Y-%m-%d %a"),
    ),
    "hour": (
        *("%Y-%m-%d %H:%M", "%d/%m/%Y %I:%M %p", "%Y-%m-%dT%H:%M:%S.000Z"),
        *("%Y%m%dT%H%M", "%Y%m%d%H", "%Y%m%d %H:%M", "%d.%m.%Y %H.%M"),
        *("%d/%b/%Y:%H:%M:%S +0000", "%Y-%m-%d %H", "%a %b %d %H:%M:%S %Y"),
        *("%H:%M %d/%m/%Y", "%Y-%m-%d %H:%M:%S+01:00", "%m/%d/%Y %-H:%M"),
        *("%Y-%m-%dT%H:%M:%S+01:00[Europe/Berlin]", "%d.%m.%Y, %H:%M Uhr"),
        *("%Y-%m-%d %H:%M Europe/Berlin", "%Y-%m-%d %H:%M:%S.123456789"),
        *("%a %b %d %Y %H:%M:%S GMT+0100 (CET)", "%Y-%m-%dt%H:%M:%Sz"),
        *("%-m/%-d/%y %-H:%M", "%d-%b-%y %I.%M.%S.000000 %p"),
        *("%a, %d %b %Y %H:%M:%S GMT", "%Y-%m-%d %H:%M:%S +0000 UTC"),
        *("%Y%m%d%H%M%S", "%H:%M:%S %d.%m.%Y", "%m/%d/%Y %I %p"),
        *("%Y-%m-%d %H:%M:%S UTC+1", "%Y-%m-%dT%H:%M:%S,000"),
        *("%d/%m/%Y - %H:%M", "%Y:%m:%d %H:%M:%S", "[%d/%b/%Y:%H:%M:%S +0000]"),
        *("%d.%m.%Y %H:%M - 00:00", "%Y-%m-%d %H:%M:%S:000"),
    ),
    "month": (
        *("%Y-%m", "%Y%m", "%m/%Y", "%b-%y", "%B %Y", "%y-%b", "%YM%m"),
        *("%Y.%m", "%b '%y", "%d/%m/%Y", "%m/%d/%Y", "%m/%y", "%y-%m"),
        *("%-m.%Y", "%Y%m.0", "%b%y", "%Y-%-m", "%Y:%m"),
    ),
    "week": ("%G-W%V", "%GW%V", "W%V %G", "%G-%V", "%G%V", "%Y-%m-%d"),
}


@pytest.mark.parametrize(
    ("unit", "form"),
    [(unit, form) for unit, forms in FORMATS.items() for form in forms],
)
def test_a_format_is_recognized(unit, form):
    times = RANGES[unit]
    found = read(times.strftime(form))
    assert step(found) == f"1 {unit}"
    first, last = found.ticks[[0, -1]].astype("datetime64[h]")
    assert (first, last) == tuple(times[[0, -1]].values.astype("M8[h]"))


@pytest.mark.parametrize(
    "form",
    [
        *("{y}Q{q}", "{y}-Q{q}", "Q{q} {y}", "{y}-{q}", "{q}Q{y}", "{y}:{q}"),
        *("{q}/{y}", "{y} q{q}", "Q{q}/{s:02}", "{r} {y}", "{y}-{r}"),
        *("{q} \u043a\u0432. {y}", "{q}. Quartal {y}", "{y}T{q}", "{y}.{q}"),
        *("FY{y} Q{q}", "{q}er trimestre {y}", "{r}/{y}"),
    ],
)
def test_quarters_are_recognized(form):
    roman = ["I", "II", "III", "IV"]
    texts = [
        form.format(
            y=time.year,
            q=time.quarter,
            s=time.year % 100,
            r=roman[time.quarter - 1],
        )
        for time in QUARTERS
    ]
    found = read(texts)
    assert step(found) == "1 quarter"
    assert str(found.ticks[1])[:10] == "2001-04-01"


@pytest.mark.parametrize(
    "names",
    [
        "\u044f\u043d\u0432\u0430\u0440\u044f "
        "\u0444\u0435\u0432\u0440\u0430\u043b\u044f "
        "\u043c\u0430\u0440\u0442\u0430",
        "stycznia lutego marca",
        "Ocak \u015eubat Mart",
        "janvier f\u00e9vrier mars",
        "I II III",
    ],
)
def test_months_have_names_in_many_languages(names):
    months = names.split()
    days = DAYS.union(DAYS + pd.Timedelta(days=30))
    found = read(f"{t.day} {months[t.month - 1]} {t.year}" for t in days)
    assert step(found) == "1 day"
    assert str(found.ticks[-1])[:10] == str(days[-1])[:10]


@pytest.mark.parametrize(
    "form",
    [
        *("FY{y}", "{y}/{z}", "{y}-{z}", "FY{y}/{s:02}", "FY{y}-{s:02}"),
        "FY{t:02}",
    ],
)
def test_years_that_begin_in_one_and_end_in_another(form):
    texts = [
        form.format(y=y, z=y + 1, s=(y + 1) % 100, t=y % 100)
        for y in range(1960, 2010)
    ]
    found = read(texts)
    assert step(found) == "1 year"
    assert str(found.ticks[0])[:10] == "1960-01-01"


@pytest.mark.parametrize(
    ("form", "half"),
    [
        ("%Y-%m-%d {} %I:%M", ("AM", "PM")),
        ("%Y. %m. %d. {} %I:%M", ("\uc624\uc804", "\uc624\ud6c4")),
        ("%Y\u5e74%m\u6708%d\u65e5 {}%I:%M", ("\u4e0a\u5348", "\u4e0b\u5348")),
    ],
)
def test_halves_of_the_day_before_the_hour(form, half):
    texts = [t.strftime(form).format(half[t.hour // 12]) for t in HOURS]
    found = read(texts)
    assert step(found) == "1 hour"
    assert str(found.ticks[13])[11:16] == "13:00"


@pytest.mark.parametrize("form", ["%d-%m", "%d.%m.", "%d.%m"])
def test_days_without_a_year_are_no_times(form):
    with pytest.raises(DataError, match=r"no time.*--time-format"):
        read(DAYS.strftime(form))

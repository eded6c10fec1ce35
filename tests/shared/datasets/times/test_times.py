"""Times as people write them: clocks, languages, and what is refused."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from factories.times import (
    MONTHS,
    read,
    step,
)

from shared.datasets.times.formats import WORDS, check_format
from shared.errors import DataError, SpecError

BERLIN = pd.date_range("2023-03-20", "2023-11-15", freq="h", tz="Europe/Berlin")


@pytest.mark.parametrize("form", ["%Y-%m-%dT%H:%M:%S%z", "%d/%m/%y %H:%M %Z"])
def test_offsets_that_change_are_read_in_utc(form):
    found = read(BERLIN.strftime(form))
    assert step(found) == "1 hour"
    assert found.ticks[0] == np.datetime64("2023-03-19T23:00")
    assert "times have several offsets: they are read in UTC" in found.notes


def test_days_keep_their_local_midnight():
    days = pd.date_range("2023-03-01", periods=90, freq="D", tz="Europe/Paris")
    found = read([day.isoformat() for day in days])
    assert step(found) == "1 day"


@pytest.mark.parametrize(
    ("freq", "zone", "order"),
    [
        ("h", "Europe/Berlin", 1),
        ("h", "Europe/Berlin", -1),
        ("30min", "America/New_York", -1),
        ("15min", "America/New_York", 1),
    ],
)
def test_local_clocks_that_change_are_noted(freq, zone, order):
    times = pd.date_range("2023-01-01", "2023-12-31", freq=freq, tz=zone)
    found = read(times[::order].strftime("%d.%m.%Y %H:%M"))
    (note,) = [n for n in found.notes if "clocks" in n]
    spring = "26.03.2023" if zone == "Europe/Berlin" else "12.03.2023"
    assert f"clocks are put back or forward before {spring} 03:00" in note
    assert not any("not the usual" in note for note in found.notes)


@pytest.mark.parametrize(
    "names",
    [
        "januar februar m\u00e4rz april mai juni juli august september oktober "
        "november dezember",
        "janvier f\u00e9vrier mars avril mai juin juillet ao\u00fbt septembre "
        "octobre novembre d\u00e9cembre",
        "jan feb m\u00e4r apr mai jun jul aug sep okt nov dez",
    ],
)
@pytest.mark.parametrize("case", [str.lower, str.title, str.upper])
def test_months_have_german_and_french_names(names, case):
    found = read([f"1. {case(name)} 2023" for name in names.split()])
    assert found.ticks[0] == np.datetime64("2023-01-01")
    assert step(found) == "1 month"


@pytest.mark.parametrize(
    ("texts", "error"),
    [
        (
            ["01/02/2023", "02/03/2023", "03/04/2023"],
            "my.csv: the times of column 't' can be day/month/year or "
            "month/day/year: --time-format says which",
        ),
        (["13/01/2023", "01/14/2023"], "line 3: '01/14/2023' in column 't' is"),
        (["2023-02-28", "2023-02-29"], "line 3: '2023-02-29' in column 't' is"),
        (["2023-01-01", "", "2023-01-03"], "line 3: '' in column 't' is no t"),
        (["1", "soon"], "line 3: 'soon' in column 't' is no time, unlike thos"),
        (["soon", "1"], "'soon' in column 't' is no time; --time-format says"),
        (["01. enera 2001"], "line 2: '01. enera 2001' in column"),
        (
            ["2023-06-01 01:00", "2023-06-01 02:00", "2023-06-01 02:00"],
            "line 4: '2023-06-01 02:00' in column 't' is the time of line 3",
        ),
        (
            ["2023-01-01", "2023-01-03", "2023-01-02", "2023-01-01"],
            "line 5: '2023-01-01' in column 't' is the time of line 2 too; a "
            "file holds one series, and --time-column none takes its rows",
        ),
        (["2023-01-01 00:00 CET", "2023-01-01 01:00 XYZ"], "line 3: '2023-01"),
        (["1", "1e400"], "line 3: '1e400' in column 't' is no time"),
        (["2021-W52", "2021-W53"], "line 3: '2021-W53' in column 't' is no"),
        (["2001-01", "2001-01", "2001-02"], "line 3: '2001-01' in column 't'"),
        (["x" * 999], f"line 2: '{'x' * 60}' in column 't' is no time"),
        (["today", "now"], "line 2: 'today' in column 't' is no time"),
        (["1995-13", "1996-99"], "line 3: '1996-99' in column 't' is no time"),
    ],
)
def test_a_column_that_is_not_certain_is_one_line(texts, error):
    with pytest.raises(DataError) as caught:
        read(texts)
    assert error in str(caught.value)
    assert "\n" not in str(caught.value)


def test_one_order_is_found_with_a_gap():
    texts = MONTHS.delete(50).strftime("%d/%m/%Y")
    found = read(texts)
    assert found.notes[0] == (
        "times are read as day/month/year (--time-format month/day/year if "
        "they are not)"
    )
    assert "1 of 118 steps are not the usual 1 month" in found.notes[1]


@pytest.mark.parametrize(
    ("texts", "words", "first"),
    [
        (["01/02/2023", "02/03/2023"], "day/month/year", "2023-02-01"),
        (["01/02/2023", "02/03/2023"], "month/day/year", "2023-01-02"),
        (["01/02/2023", "02/03/2023"], "%d/%m/%Y", "2023-02-01"),
        (["2021-05", "2021-06"], "year/week", "2021-02-01"),
        (["2021-05", "2021-06"], "%Y-%W", "2021-02-01"),
        (["1000", "2000"], "year", "1000-01-01"),
        (["900000000", "900000060"], "unix-seconds", "1998-07-09"),
        (["1 3 1999 +0200", "2 3 1999 +0200"], "%d %m %Y %z", "1999-02-28"),
        (["1 3 1500", "2 3 1500"], "%d %m %Y", "1500-03-01"),
    ],
)
def test_a_format_decides(texts, words, first):
    check_format(words)
    found = read(texts, words)
    assert str(found.ticks[0].astype("datetime64[D]")) == first


def test_numbers_are_without_a_calendar():
    assert read(range(199512, 199520), "numbers").ticks[0] == 199512.0
    assert "numbers" in WORDS


@pytest.mark.parametrize(
    ("texts", "words"),
    [
        (["13/01/2023", "14/13/2023"], "%d/%m/%Y"),
        (["13/01/2023", "14/13/2023"], "day/month/year"),
        (["2023-01-01", "2023-1"], "%Y-%m-%d"),
        (["2023-01", ""], "%Y-%m"),
        (["1546300800000", "1546304400000"], "unix-seconds"),
    ],
)
def test_a_row_of_another_format_is_named(texts, words):
    with pytest.raises(DataError, match=f"is not of --time-format {words}$"):
        read(texts, words)


@pytest.mark.parametrize("words", ["day-first", "%Q", "", "%d/%m/%"])
def test_an_unknown_format_is_refused(words):
    with pytest.raises(SpecError, match=r"time.format"):
        check_format(words)


@pytest.mark.parametrize(
    ("texts", "first"),
    [
        (["30 de enero de 2023", "31 de enero de 2023"], "2023-01-30"),
        (["gen 2015", "feb 2015"], "2015-01-01"),
        (["dez/2014", "jan/2015"], "2014-12-01"),
        (["28 mrt 2023", "29 mrt 2023"], "2023-03-28"),
        (["Mo 20.11.2023", "Di 21.11.2023"], "2023-11-20"),
        (["Samstag, 18.11.2023", "Sonntag, 19.11.2023"], "2023-11-18"),
        (["mar 21/11/2023", "mer 22/11/2023"], "2023-11-21"),
    ],
)
def test_names_of_other_languages_are_read(texts, first):
    assert str(read(texts).ticks[0].astype("datetime64[D]")) == first

"""Times as people write them: one reading for the whole column."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from shared.datasets.times.formats import WORDS, check_format
from shared.datasets.times.readings import Column
from shared.datasets.times.recognize import Times, read_times
from shared.datasets.times.steps import steps_of
from shared.errors import DataError, SpecError

DAYS = pd.date_range("2023-01-01", periods=60, freq="D")
HOURS = pd.date_range("2023-01-01", periods=600, freq="h")
MONTHS = pd.date_range("1995-01-01", periods=120, freq="MS")
WEEKS = pd.date_range("2021-01-04", periods=160, freq="W-MON")
QUARTERS = pd.date_range("2001-01-01", periods=40, freq="QS")
RANGES = {"day": DAYS, "hour": HOURS, "month": MONTHS, "week": WEEKS}


def column(texts) -> Column:
    texts = list(map(str, texts))
    places = [f"line {row}" for row in range(2, len(texts) + 2)]
    return Column(Path("my.csv"), "t", texts, places)


def read(texts, words="auto") -> Times:
    return read_times(column(texts), words)


def step(found: Times) -> str:
    """The step of the times; all steps are equal."""
    steps = steps_of(found.ticks)
    assert steps.regular.all()
    return steps.usual.words


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

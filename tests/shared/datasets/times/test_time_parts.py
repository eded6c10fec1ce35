"""Halves, thirds and quarters of years, and years with signs next to them."""

from datetime import date, timedelta
from itertools import product

import pytest

from shared.datasets.times.readings import Column
from shared.datasets.times.recognize import Times, read_times
from shared.datasets.times.steps import steps_of


def read(texts) -> Times:
    places = [f"line {row}" for row in range(2, len(texts) + 2)]
    return read_times(Column("my.csv", "t", texts, places), "auto")


def parts(form: str, count: int, first: int = 1991) -> list[str]:
    return [
        form.format(y=year, s=f"{year % 100:02}", n=part)
        for year, part in product(range(first, first + 15), range(1, count + 1))
    ]


def check(texts: list[str], count: int) -> Times:
    """The times are those of equal parts of the years from 1991 on."""
    found = read(texts)
    steps = steps_of(found.ticks)
    assert steps.usual == ("month", 12 // count)
    assert steps.regular.all()
    months = found.ticks.astype("M8[M]").astype(str).tolist()
    assert months[0] == "1991-01" and months[count] == "1992-01"
    return found


HALVES = (
    *("{y}-S{n}", "S{n} {y}", "{y}H{n}", "H{n} {y}", "{n}H{y}", "H{n}/{y}"),
    *("{n}. Halbjahr {y}", "Semestre {n} {y}", "{y} semester {n}", "{y}HY{n}"),
    *("{s}H{n}", "H{n}-{s}", "H{n}'{s}", "{n}H{s}", "FY{y} H{n}", "H{n} FY{s}"),
    *("{y}_S{n}", "{n}\u00ba semestre {y}", "HJ{n} {y}"),
)


@pytest.mark.parametrize("form", HALVES)
def test_halves_of_years_are_recognized(form):
    check(parts(form, 2), 2)


@pytest.mark.parametrize(
    "form", ["{y}-{n}", "{n}/{y}", "{y}{n}", "{y} sem {n}"]
)
def test_counted_halves_are_said(form):
    found = check(parts(form, 2), 2)
    assert found.notes[0].startswith("times are read as year/half")


QUARTERS = (
    *("{y}_Q{n}", "Q{n}_{y}", "{y}Q0{n}", "{n}T{y}", "{n}T {s}", "{n}T{s}"),
    *("{n}. Vj. {y}", "{y}\u5e74\u7b2c{n}\u56db\u534a\u671f"),
    *("{y}\ub144 {n}\ubd84\uae30", "{n}\u00b0 trimestre {y}", "T{n}-{y}"),
    *("{y}KW0{n}", "{y}{n}", "{y}0{n}", "{n}Q{s}", "Q{n}-{s}", "Q{n}{s}"),
)


@pytest.mark.parametrize("form", QUARTERS)
def test_quarters_of_more_kinds_are_recognized(form):
    check(parts(form, 4), 4)


def test_months_of_a_quarter_are_its_last():
    ends = {1: "Jan-Mar", 2: "Apr-Jun", 3: "Jul-Sep", 4: "Oct-Dec"}
    texts = [f"{ends[n]} {y}" for y in range(1991, 2001) for n in ends]
    found = read(texts)
    assert steps_of(found.ticks).usual == ("month", 3)
    assert str(found.ticks[0])[:7] == "1991-03"


@pytest.mark.parametrize("form", ["{y}-T{n}", "{y}T{n}", "T{n} {y}"])
def test_three_trimesters_are_thirds_of_a_year(form):
    found = check(parts(form, 3), 3)
    assert "--time-format year/quarter if they are not" in found.notes[0]


def test_weeks_stay_weeks_of_the_calendar():
    texts = [f"2019-W{week:02}" for week in range(1, 5)]
    assert steps_of(read(texts).ticks).usual.words == "1 week"


@pytest.mark.parametrize(
    "form", ["X{y}", "Y{y}", "{y} [YR{y}]", "{y}JJ00", "{y}-A1", "Year {y}"]
)
def test_years_next_to_signs(form):
    check(parts(form, 1), 1)


def test_years_of_a_forecast_have_a_sign_of_their_own():
    texts = parts("{y}", 1)
    check([*texts[:12], *(f"{text}e" for text in texts[12:])], 1)


@pytest.mark.parametrize(
    "form", ["w/c {}", "Week ending {}", "week commencing {}"]
)
def test_words_before_a_week_are_passed_over(form):
    days = [
        f"{day:02}/{month:02}/2023" for month in (1, 2) for day in (2, 9, 16)
    ]
    assert str(read([form.format(day) for day in days]).ticks[1])[:10] == (
        "2023-01-09"
    )


@pytest.mark.parametrize("zero", [0x0660, 0x06F0, 0x0966, 0xFF10])
def test_digits_of_other_scripts_are_read(zero):
    digits = {ord(str(n)): chr(zero + n) for n in range(10)}
    texts = [f"2023-01-{day:02}".translate(digits) for day in range(1, 21)]
    assert str(read(texts).ticks[-1])[:10] == "2023-01-20"


@pytest.mark.parametrize(
    ("form", "between"),
    [
        ("%d/%m/%Y %H:%M", " - "),
        ("%d.%m.%Y %H:%M", " - "),
        ("%Y-%m-%d", "/"),
        ("%d/%m/%Y", " to "),
    ],
)
def test_a_range_is_read_as_its_beginning(form, between):
    days = [date(2023, 1, 20) + timedelta(days=n) for n in range(30)]
    texts = [
        f"{day:{form}}{between}{day + timedelta(days=1):{form}}" for day in days
    ]
    found = read(texts)
    assert steps_of(found.ticks).usual.words == "1 day"
    assert str(found.ticks[0])[:10] == "2023-01-20"

"""Numbers that count from an instant: ticks, Julian days, file times."""

import pandas as pd
import pytest

from shared.datasets.times.readings import Column
from shared.datasets.times.recognize import Times, read_times
from shared.datasets.times.steps import steps_of
from shared.errors import DataError

DAYS = pd.date_range("2019-01-01", periods=60, freq="D")
HOURS = pd.date_range("2019-01-01", periods=300, freq="h")
QUARTERS = pd.date_range("2003-01-01", periods=30, freq="MS")


def read(numbers, words="auto", name="t") -> Times:
    texts = list(map(str, numbers))
    places = [f"line {row}" for row in range(2, len(texts) + 2)]
    return read_times(Column("my.csv", name, texts, places), words)


def hundreds(times, year) -> list[int]:
    """Intervals of 100 ns since the first day of a year, as people get them."""
    begin = pd.Timestamp(1970, 1, 1)
    zero = (
        begin.toordinal() - pd.Timestamp(year, 1, 1).toordinal()
        if year > 1600
        else begin.toordinal() - 1
    )
    return [
        (zero * 86_400 + int((t - begin).total_seconds())) * 10**7
        for t in times
    ]


def julian(times, less=0.0, form="{:.5f}") -> list[str]:
    return [form.format(t.to_julian_date() - less) for t in times]


SCALES = {
    "dotnet-ticks": lambda t: hundreds(t, 1),
    "windows-filetime": lambda t: hundreds(t, 1601),
    "julian-days": julian,
    "modified-julian-days": lambda t: julian(t, 2_400_000.5),
}


@pytest.mark.parametrize("words", SCALES)
@pytest.mark.parametrize("times", [DAYS, HOURS], ids=["days", "hours"])
def test_a_scale_that_is_named_is_read(words, times):
    ticks = read(SCALES[words](times), words).ticks
    assert (ticks == times.to_numpy("M8[us]")).all()


@pytest.mark.parametrize("words", ["dotnet-ticks", "windows-filetime"])
@pytest.mark.parametrize("times", [DAYS, HOURS], ids=["days", "hours"])
def test_ticks_are_no_unix_nanoseconds(words, times):
    found = read(SCALES[words](times))
    assert (found.ticks == times.to_numpy("M8[us]")).all()
    assert "--time-format unix-nanoseconds if they are not" in found.notes[0]


@pytest.mark.parametrize("unit", ["D", "h", "min", "s"])
def test_unix_nanoseconds_of_1990_are_no_ticks(unit):
    times = pd.date_range("1990-01-01", periods=100, freq=unit)
    found = read(times.as_unit("ns").asi8)
    assert (found.ticks == times.to_numpy("M8[us]")).all()


def test_ticks_of_unusual_steps_are_refused():
    times = pd.date_range("2019-01-01", periods=60, freq="7s")
    with pytest.raises(DataError) as caught:
        read(SCALES["dotnet-ticks"](times))
    expected = "can be unix-nanoseconds or dotnet-ticks: --time-format says"
    assert expected in str(caught.value)


@pytest.mark.parametrize("form", ["{:.1f}", "{:.5f}"])
def test_julian_days_are_read_and_said(form):
    found = read(julian(DAYS, form=form))
    assert (found.ticks == DAYS.to_numpy("M8[us]")).all()
    assert found.notes == ("times are read as Julian days",)


def test_days_of_after_2030_are_refused_unless_their_column_says():
    days = julian(DAYS, 2_400_000.5, "{:.0f}")
    with pytest.raises(DataError) as caught:
        read(days)
    expected = "can be serial-days or modified-julian-days: --time-format says"
    assert expected in str(caught.value)
    for name in ("MJD", "Modified Julian Date"):
        assert (read(days, name=name).ticks == DAYS.to_numpy("M8[us]")).all()


def test_a_named_scale_reaches_beyond_recent_years():
    days = pd.date_range("1890-01-01", periods=40, freq="D")
    serial = [(day - pd.Timestamp(1899, 12, 30)).days for day in days]
    assert (read(serial, "serial-days").ticks == days.to_numpy("M8[us]")).all()


def test_seconds_from_1904_are_no_unix_seconds():
    begin = pd.Timestamp(1904, 1, 1)
    found = read(int((time - begin).total_seconds()) for time in HOURS)
    assert steps_of(found.ticks).usual == ("number", 3600)
    assert found.notes == ()

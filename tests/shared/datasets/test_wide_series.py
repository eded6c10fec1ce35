"""Tables in wide form: a row a series, a row a year, a row a day."""

import calendar

import numpy as np
import pandas as pd
import pytest

from shared.datasets.user.series import UserSeries, read_own
from shared.errors import DataError

DAYS = pd.date_range("2023-01-09", periods=40, freq="D")
MONTHS = calendar.month_abbr[1:]
YEARS = range(1990, 2005)
FRANCE = [100 + n + 0.5 for n in range(40)]


def read(tmp_path, text: str, every: bool = False, **options):
    path = tmp_path / "a.csv"
    path.write_text(text, encoding="utf-8")
    return read_own(UserSeries(data=str(path), **options), every)


def table(times, head="country,code", more="") -> str:
    """Two series in rows, under the names of times."""
    rows = [f"{head},{','.join(times)}{more}"]
    for place, keys in enumerate(("Spain,ESP", "France,FRA")):
        values = (f"{100 * place + n}.5" for n in range(len(times)))
        rows.append(f"{keys},{','.join(values)}{more}")
    return "\n".join(rows) + "\n"


@pytest.mark.parametrize(
    ("times", "unit"),
    [
        (DAYS.strftime("%Y-%m-%d"), "1 day"),
        (DAYS.strftime("%-m/%-d/%y"), "1 day"),
        (DAYS.strftime("%d.%m.%Y"), "1 day"),
        ([f"X{year}" for year in range(1960, 2000)], "1 year"),
        ([f"{year} [YR{year}]" for year in range(1960, 2000)], "1 year"),
        ([str(year) for year in range(1960, 2000)], "1 year"),
        ([f"{y}-Q{q}" for y in YEARS[:10] for q in (1, 2, 3, 4)], "1 quarter"),
        ([f"d_{n}" for n in range(1, 41)], "0"),
    ],
)
def test_a_row_is_a_series_where_columns_are_times(tmp_path, times, unit):
    text = table(times)
    for target in ("France", "FRA", "France,FRA"):
        found = read(tmp_path, text, target_column=target)
        assert found.values[:, 0].tolist() == FRANCE
        assert found.step.words == unit
        assert found.columns == (target,)
    both = read(tmp_path, text, every=True)
    assert both.columns == ("Spain", "France")
    assert both.values[:, 1].tolist() == FRANCE
    with pytest.raises(DataError, match="--target-column names the one"):
        read(tmp_path, text)


def test_the_first_of_counted_columns_may_hold_the_name(tmp_path):
    head = ",".join(f"V{n}" for n in range(1, 32))
    rows = [
        f"Y{r}," + ",".join(str(30 * r + n) for n in range(30)) for r in (1, 2)
    ]
    text = "\n".join([head, *rows]) + "\n"
    for time in ("time", "none"):
        found = read(tmp_path, text, target_column="Y2", time_column=time)
        assert found.values[:, 0].tolist() == list(range(60, 90))


def test_columns_of_sensors_are_no_steps(tmp_path):
    rows = ["s1,s2,s3,s4,s5,s6,s7,s8,s9"]
    rows += [",".join(str(n * m % 7) for m in range(9)) for n in range(30)]
    text = "\n".join(rows) + "\n"
    found = read(tmp_path, text, time_column="none", target_column="s3")
    assert found.values[:, 0].tolist() == [n * 2 % 7 for n in range(30)]
    with pytest.raises(DataError, match="unknown column 'value'"):
        read(tmp_path, text, time_column="none")


def test_a_title_and_empty_ends_of_a_series_are_passed_over(tmp_path):
    years = ",".join(map(str, range(1960, 2000)))
    text = (
        '"Data Source","World Development Indicators",\n\n"Name","Code",'
        f'{years},\n"France","FRA",,,{",".join(map(str, range(37)))},,\n'
    )
    found = read(tmp_path, text)
    assert found.values[:, 0].tolist() == list(range(37))
    assert (found.times[0], found.times[-1]) == ("1962", "1998")
    assert "left out: 3 empty columns at the ends of the series" in found.notes


@pytest.mark.parametrize("head", ["Year", "country"])
def test_a_series_without_a_value_is_refused(tmp_path, head):
    names = MONTHS if head == "Year" else [*map(str, range(1960, 1990))]
    text = f"{head},{','.join(names)}\n1990{',' * len(names)}\n"
    with pytest.raises(DataError, match="no value in any column"):
        read(tmp_path, text)


@pytest.mark.parametrize(
    ("target", "words"),
    [
        ("Itali", "did you mean 'Italy'"),
        ("FR", "2 rows hold 'FR', such as line 3 and line 4"),
    ],
)
def test_a_row_that_is_not_one_is_refused(tmp_path, target, words):
    years = ",".join(map(str, range(1960, 1990)))
    values = ",".join(map(str, range(30)))
    keys = ("Italy,IT", "Corse,FR", "France,FR")
    rows = "".join(f"{key},{values}\n" for key in keys)
    with pytest.raises(DataError) as caught:
        read(tmp_path, f"name,code,{years}\n{rows}", target_column=target)
    assert words in str(caught.value)
    assert "--target-column names one" in str(caught.value)
    assert "\n" not in str(caught.value)


def months(values, first="Year", more="") -> str:
    rows = [f"{first},{','.join(MONTHS)}{more}"]
    rows += [f"{year},{','.join(own)}" for year, own in values]
    return "\n".join(rows) + "\n"


BY_YEAR = [
    (year, [f"{12 * n + m}.5" for m in range(12)])
    for n, year in enumerate(YEARS)
]
VALUES = [n + 0.5 for n in range(180)]


@pytest.mark.parametrize("time", ["time", "Year", "none"])
@pytest.mark.parametrize("rows", [BY_YEAR, BY_YEAR[::-1]], ids=["up", "down"])
def test_a_row_a_year_is_a_series_of_months(tmp_path, time, rows):
    text = months(rows)
    found = read(tmp_path, text, time_column=time)
    assert found.values[:, 0].tolist() == VALUES
    assert found.step.words == "1 month"
    assert found.times[0] == "1990-01"
    january = read(tmp_path, text, time_column="Year", target_column="Jan")
    assert january.step.words == "1 year"


def test_a_row_a_month_under_years_is_a_series_of_months(tmp_path):
    frame = pd.DataFrame(dict(BY_YEAR), index=pd.Index(MONTHS, name="m"))
    found = read(tmp_path, frame.to_csv())
    assert found.values[:, 0].tolist() == VALUES
    assert found.times[13] == "1991-02"


@pytest.mark.parametrize("step", [1, -1])
def test_sums_of_a_year_and_months_to_come_are_left_out(tmp_path, step):
    rows = [(year, [*own, "9"]) for year, own in BY_YEAR]
    rows[-1][1][6:12] = ["***"] * 6
    found = read(tmp_path, months(rows[::step], more=",Annual"))
    assert found.values[:, 0].tolist() == VALUES[:-6]
    assert found.notes[1] == "columns left out: Annual"


@pytest.mark.parametrize("form", ["H{}", "{:02}:00", "hour_{}", "{}"])
@pytest.mark.parametrize("first", [0, 1])
def test_a_row_a_day_is_a_series_of_hours(tmp_path, form, first):
    head = ",".join(form.format(hour + first) for hour in range(24))
    rows = [
        f"{day:%Y-%m-%d}," + ",".join(str(24 * n + h) for h in range(24))
        for n, day in enumerate(DAYS)
    ]
    found = read(tmp_path, f"Date,{head}\n" + "\n".join(rows) + "\n")
    assert np.array_equal(found.values[:, 0], np.arange(960))
    assert found.step.words == "1 hour"
    assert str(found.ticks[25]) == "2023-01-10T01:00:00.000000"


def test_every_column_may_be_forecast_without_a_target(tmp_path):
    rows = [f"{day:%Y-%m-%d},{n % 5},{n % 7},x" for n, day in enumerate(DAYS)]
    text = "date,a,b,note\n" + "\n".join(rows) + "\n"
    found = read(tmp_path, text, every=True)
    assert found.columns == ("a", "b")
    assert "columns left out: note (not all are numbers)" in found.notes


def test_an_index_of_dates_needs_no_name(tmp_path):
    for values in (pd.Series(range(40), DAYS), pd.Series(FRANCE, DAYS)):
        found = read(tmp_path, values.to_csv())
        assert found.values[:, 0].tolist() == values.tolist()
        assert found.step.words == "1 day"
    with pytest.raises(DataError, match="unknown column 'time'"):
        read(tmp_path, pd.Series(FRANCE).to_csv())


def test_an_index_in_parquet_needs_no_name(tmp_path):
    path = tmp_path / "a.parquet"
    pd.DataFrame({"value": FRANCE}, index=DAYS).to_parquet(path)
    found = read_own(UserSeries(data=str(path)), False)
    assert found.values[:, 0].tolist() == FRANCE
    assert found.step.words == "1 day"


def test_an_object_of_dates_is_a_series(tmp_path):
    path = tmp_path / "a.json"
    series = pd.Series(FRANCE, DAYS.strftime("%Y-%m-%d"))
    series.to_json(path)
    found = read_own(UserSeries(data=str(path)), False)
    assert found.values[:, 0].tolist() == FRANCE
    assert found.step.words == "1 day"


def test_the_target_of_prophet_is_called_y(tmp_path):
    rows = [f"A,{day:%Y-%m-%d},{n}" for n, day in enumerate(DAYS)]
    found = read(tmp_path, "unique_id,ds,y\n" + "\n".join(rows) + "\n")
    assert found.columns == ("y",)
    assert "values are those of column 'y'" in found.notes

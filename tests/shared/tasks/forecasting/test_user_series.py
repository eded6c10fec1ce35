"""Series of one's own: gaps, steps, and what is refused."""

from __future__ import annotations

import pandas as pd
import pytest

from shared.datasets.times.table import FILLS
from shared.datasets.user.series import UserSeries, read_own
from shared.errors import DataError
from shared.tasks.forecasting.baselines.scored import baselines
from shared.tasks.forecasting.forecast import load
from shared.tasks.forecasting.options import ForecastData


def table(tmp_path, *rows):
    path = tmp_path / "my.csv"
    path.write_text("\n".join(("t,y", *rows)) + "\n")
    return path


def read(path, multivariate=False, **options):
    columns = {"time_column": "t", "target_column": "y"}
    own = UserSeries(**columns | options, data=str(path))
    return read_own(own, multivariate)


def test_irregular_steps_are_noted(tmp_path):
    rows = [f"2024-01-{day:02},{day}" for day in (1, 2, 3, 6, 7)]
    found = read(table(tmp_path, *rows))
    assert found.values[:, 0].tolist() == [1, 2, 3, 6, 7]
    assert found.notes == (
        "1 of 4 steps are not the usual 1 day, the first before 2024-01-06 "
        "(line 5); rows are read as equal steps",
    )


@pytest.mark.parametrize(
    ("rows", "text"),
    [
        (["1,2", "2,abc"], "line 3: 'abc' in column 'y' is no number"),
        (["1,2", "2,inf"], "line 3: 'inf' in column 'y' is no"),
        (["1,", "2,"], "column 'y' has no value in any row"),
        (
            ["2024-01-01,2", "2024-01-02,", "2024-01-03,nan"],
            "line 3: no value in column 'y' (and in 1 other rows); --fill "
            "linear or --fill last puts some in",
        ),
        (
            ["2024-01-02,2", "2024-01-01,3", "2024-01-02,3"],
            "line 4: '2024-01-02' in column 't' is the time of line 2 too; a "
            "file holds one series, and --time-column none takes its rows",
        ),
        (
            ["2024-01-02,2", "soon,3"],
            "line 3: 'soon' in column 't' is no time",
        ),
        ([], "has no rows"),
    ],
)
def test_a_bad_row_is_named(tmp_path, rows, text):
    path = table(tmp_path, *rows)
    with pytest.raises(DataError) as error:
        read(path)
    assert text in str(error.value)
    assert str(path) in str(error.value)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    ("fill", "expected"),
    [("linear", [2, 2, 3, 4, 4]), ("last", [2, 2, 2, 4, 4])],
)
def test_gaps_are_filled_on_request(tmp_path, fill, expected):
    gaps = ["", "2", "", "4", ""]
    rows = [f"2024-01-0{n},{value}" for n, value in enumerate(gaps, 1)]
    found = read(table(tmp_path, *rows), fill=fill)
    assert found.values[:, 0].tolist() == expected
    assert found.notes == (
        f"3 of 5 values of y are missing and filled in ({fill})",
    )
    assert set(FILLS) == {"linear", "last"}


def test_a_column_that_is_not_there_is_named(tmp_path):
    path = table(tmp_path, "1,2")
    with pytest.raises(
        DataError, match="unknown column 'yy'; did you mean 'y'"
    ):
        read(path, target_column="yy")


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (
            {"horizon": 90},
            "validation part offers 28 rows, but window 8 and horizon 90 need "
            "98; 89[0-9] in the file suffice",
        ),
        ({"window": 300}, "the train part offers 140 rows, but window 300"),
    ],
)
def test_a_series_that_is_too_short_is_named(tmp_path, data, text):
    rows = [f"{1800 + n},{n % 7}" for n in range(200)]
    path = table(tmp_path, *rows)
    options = ForecastData(
        **{"window": 8, "horizon": 3} | data,
        data=str(path),
        time_column="t",
        target_column="y",
    )
    with pytest.raises(DataError, match=text):
        load(options, 0)


def test_a_series_that_never_changes_has_no_scale(tmp_path):
    path = table(tmp_path, *(f"{1800 + n},5" for n in range(200)))
    options = ForecastData(
        window=8, data=str(path), time_column="t", target_column="y"
    )
    with pytest.raises(DataError, match="column 'y' is the same in all 140 r"):
        load(options, 0)


def test_a_user_series_is_read(tmp_path):
    rows = [f"{1800 + n},{n % 7}" for n in range(200)]
    path = table(tmp_path, *rows)
    options = ForecastData(
        window=8,
        horizon=3,
        data=str(path),
        time_column="t",
        target_column="y",
    )
    dataset = load(options, 0)
    assert dataset.metadata["rows"] == [140, 20, 40]
    assert list(dataset.hashes) == ["my.csv"]
    assert baselines(dataset)["ridge regression"]["mse"] < 1e-3


HOURS = pd.date_range("2024-03-13", periods=48, freq="h")


def frame(tmp_path, **columns):
    path = tmp_path / "my.csv"
    pd.DataFrame(columns).to_csv(path, index=False)
    return path


@pytest.mark.parametrize(
    ("option", "columns"),
    [
        (
            "Date,Time",
            {
                "Date": HOURS.strftime("%d/%m/%Y"),
                "Time": HOURS.strftime("%H:%M"),
            },
        ),
        ("Day + hr", {"Day": HOURS.strftime("%m/%d/%Y"), "hr": HOURS.hour}),
        (
            "year,month,day,hour",
            {
                "year": HOURS.year,
                "month": HOURS.month,
                "day": HOURS.day,
                "hour": HOURS.hour,
            },
        ),
        ("a,b", {"a,b": HOURS}),
    ],
)
def test_columns_of_a_time_are_joined(tmp_path, option, columns):
    path = frame(tmp_path, **columns, y=range(48))
    found = read(path, time_column=option)
    assert found.step.words == "1 hour"
    assert not any("not the usual" in note for note in found.notes)


@pytest.mark.parametrize(("name", "unit"), [("Quarter", 4), ("Month", 12)])
def test_a_year_and_its_part_are_a_time(tmp_path, name, unit):
    years = {"Year": [2000 + n // unit for n in range(48)]}
    parts = {name: [n % unit + 1 for n in range(48)]}
    found = read(
        frame(tmp_path, **years, **parts, y=range(48)),
        time_column=f"Year,{name}",
    )
    assert found.step.words == f"1 {name.lower()}"


def test_a_date_that_repeats_names_the_column_of_the_clock(tmp_path):
    path = frame(tmp_path, t=HOURS.date, Time=HOURS.time, y=range(48))
    with pytest.raises(DataError, match="--time-column 't,Time' joins two"):
        read(path)


def test_a_year_that_repeats_names_the_columns_of_its_parts(tmp_path):
    path = frame(tmp_path, hr=range(48), month=1, yr=2001, y=range(48))
    with pytest.raises(DataError, match="--time-column 'yr,month,hr' joins"):
        read(path, time_column="yr")
    with pytest.raises(DataError, match=r"\(--time-column 'yr,month,hr' join"):
        read(path, time_column="t")


def test_case_and_blanks_of_a_name_do_not_matter(tmp_path):
    path = frame(tmp_path, **{" T ": HOURS, "x": range(5, 53), "Y": range(48)})
    found = read(path, multivariate=True)
    assert found.columns == ("x", "Y")


def test_a_row_as_header_is_said(tmp_path):
    path = frame(tmp_path, **{"2023-01-01": HOURS, "1.5": range(48)})
    with pytest.raises(DataError, match="--header none reads a file without"):
        read(path)


def test_rows_without_times_are_equal_steps(tmp_path):
    path = frame(tmp_path, y=range(48))
    with pytest.raises(DataError, match=r"'t';.* --time-column none takes"):
        read(path)
    found = read(path, time_column="none")
    assert (found.times[0], found.times[-1]) == ("1", "48")
    assert found.notes == ()


def test_the_newest_first_is_sorted(tmp_path):
    path = frame(tmp_path, t=HOURS[::-1], y=range(48))
    found = read(path)
    assert found.values[0, 0] == 47
    assert found.times[0] == "2024-03-13 00:00:00"
    assert found.notes == ("the newest row is first: rows are sorted by time",)


def test_rows_out_of_order_are_sorted(tmp_path):
    rows = [f"2024-01-{day:02},{day}" for day in (1, 2, 5, 3, 4)]
    found = read(table(tmp_path, *rows))
    assert found.values[:, 0].tolist() == [1, 2, 3, 4, 5]
    assert list(found.times) == [f"2024-01-0{day}" for day in range(1, 6)]
    assert found.notes == (
        "1 of 4 steps go back in time, the first to 2024-01-03 (line 5): rows "
        "are sorted by time",
    )


def test_usual_names_of_columns_need_no_option(tmp_path):
    options = {"time_column": "time", "target_column": "value"}
    path = frame(tmp_path, Timestamp=HOURS, load=range(48))
    found = read(path, **options)
    assert found.columns == ("load",)
    assert found.notes == (
        "times are those of column 'Timestamp'",
        "values are those of column 'load'",
    )
    path = frame(tmp_path, ds=HOURS, date=HOURS, value=range(48))
    with pytest.raises(DataError, match=r"unknown column 'time'"):
        read(path, **options)
    path = frame(tmp_path, time=HOURS, a=range(48), b=range(48))
    with pytest.raises(DataError, match=r"unknown column 'value'"):
        read(path, **options)


def test_all_columns_of_numbers_are_read(tmp_path):
    path = frame(
        tmp_path,
        row=range(48),
        t=HOURS,
        y=[n % 5 for n in range(48)],
        town="Rome",
        b=[n % 7 for n in range(48)],
        late=[0] * 40 + [1] * 8,
        same=3,
    )
    found = read(path, multivariate=True)
    assert found.columns == ("b", "late", "y")
    assert found.values[8].tolist() == [1, 0, 3]
    assert found.notes == (
        "columns left out: row (the number of the row), town (not all are "
        "numbers), same (the same in all rows)",
    )
    assert read(path).columns == ("y",)
    options = {"time_column": "t", "target_column": "y", "window": 4}
    data = ForecastData(**options, data=str(path), multivariate=True, horizon=2)
    dataset = load(data, 0)
    assert dataset.metadata["columns"] == ["b", "y"]
    assert dataset.input_size == dataset.train.x.shape[2] == 2
    assert dataset.output_size == 4
    assert "late (the same in the 33 rows" in dataset.metadata["notes"][-1]


@pytest.mark.parametrize("name", ["ec2", "machine"])
def test_clocks_of_numenta_series_are_read(tmp_path, name):
    """A time that comes 12 times, and an hour that comes again."""
    times = pd.date_range("2014-03-09", periods=60, freq="5min").to_series()
    if name == "ec2":
        times = times.where(times.dt.hour != 2, pd.Timestamp(2014, 3, 9, 3))
    else:
        times = times.where(times.dt.hour < 3, times - pd.Timedelta("1h"))
    found = read(frame(tmp_path, t=times.to_numpy(), y=range(60)))
    assert found.values[:, 0].tolist() == list(range(60))
    assert any("clocks are put back or forward" in n for n in found.notes)

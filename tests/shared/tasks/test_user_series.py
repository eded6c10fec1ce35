"""Series of one's own: gaps, steps, and what is refused."""

from __future__ import annotations

import pytest

from shared.datasets.user_series import FILLS, read_series
from shared.errors import DataError
from shared.tasks.forecasting.data import (
    ForecastData,
)
from shared.tasks.forecasting.forecast import load
from shared.tasks.forecasting.scores import baselines


def table(tmp_path, *rows):
    path = tmp_path / "my.csv"
    path.write_text("\n".join(("t,y", *rows)) + "\n")
    return path


def read(path, fill="none"):
    return read_series(path, "t", ("y",), "utf-8", fill)


def test_irregular_steps_are_noted(tmp_path):
    rows = [f"2024-01-{day:02},{day}" for day in (1, 2, 3, 6, 7)]
    found = read(table(tmp_path, *rows))
    assert found.values[:, 0].tolist() == [1, 2, 3, 6, 7]
    assert found.notes == (
        "1 of 4 steps are not the usual 1 days 00:00:00, the first before "
        "2024-01-06 (line 5); rows are read as equal steps",
    )


@pytest.mark.parametrize(
    ("rows", "text"),
    [
        (["1,2", "2,abc"], "line 3: 'abc' in column 'y' is no number"),
        (["1,2", "2,inf"], "line 3: 'inf' in column 'y'"),
        (
            ["2024-01-01,2", "2024-01-02,", "2024-01-03,nan"],
            "line 3: no value in column 'y' (and in 1 other rows); --fill "
            "linear or --fill last puts some in",
        ),
        (
            ["2024-01-02,2", "2024-01-01,3"],
            "line 3: time '2024-01-01' does not come after '2024-01-02'",
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
    found = read(table(tmp_path, *rows), fill)
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
        read_series(path, "t", ("yy",), "utf-8", "none")


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ({"horizon": 90}, "validation part offers 28 rows, but window 8 and"),
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

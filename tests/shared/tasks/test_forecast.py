"""Forecasts: windows, scaling, splits, scores, user series."""

from __future__ import annotations

import numpy as np
import pytest

from shared.datasets.user_series import FILLS, Series, read_series
from shared.errors import DataError
from shared.tasks.forecasting.data import (
    ForecastData,
    forecasts,
    inputs,
    series_dataset,
    truth,
)
from shared.tasks.forecasting.forecast import details, load
from shared.tasks.forecasting.scores import baselines, score

RNG = np.random.default_rng(0)


def made(count=200, columns=1, ends=(), season=0, **options):
    """A dataset of random columns."""
    values = RNG.normal(5.0, 2.0, (count, columns)).cumsum(axis=0)
    names = tuple("abc"[:columns])
    series = Series([str(n) for n in range(count)], names, values, ())
    options = ForecastData(**{"window": 8, "horizon": 3} | options)
    return values, series_dataset("made", series, options, ends, season, {})


@pytest.mark.parametrize("residual", [True, False])
def test_targets_follow_their_window(residual):
    values, dataset = made(ends=(100, 150, 180), residual=residual)
    train = values[:100]
    scaled = (values - train.mean(axis=0)) / train.std(axis=0)
    for part, begin, end in (
        ("train", 0, 100),
        ("validation", 100 - 8, 150),
        ("test", 150 - 8, 180),
    ):
        split = getattr(dataset, part)
        assert len(split.x) == end - begin - 8 - 3 + 1
        for row in (0, len(split.x) - 1):
            at = begin + row
            window = pytest.approx(scaled[at : at + 8], abs=1e-5)
            assert inputs(part, dataset)[row] == window
            expected = scaled[at + 8 : at + 11]
            assert truth(part, dataset)[row] == pytest.approx(
                expected, abs=1e-5
            )
    # The first forecast of a part is of its first row.
    first = truth("test", dataset)[0, 0]
    assert first == pytest.approx(scaled[150], abs=1e-5)


def test_a_residual_is_the_change_from_the_last_value():
    _, dataset = made(columns=2, multivariate=True)
    x, y = dataset.train.x, dataset.train.y
    assert dataset.output_size == 6
    assert (dataset.input_size, y.shape[1]) == (2, 6)
    no_change = forecasts(np.zeros(y.shape), "train", dataset)
    assert (no_change == inputs("train", dataset)[:, -1:]).all()
    assert not x[:, -1].any()
    assert x[:, 0].any()


def test_without_residuals_inputs_and_targets_are_levels():
    _, dataset = made(residual=False)
    assert (inputs("test", dataset) == dataset.test.x).all()
    y = dataset.test.y
    assert (truth("test", dataset)[..., 0] == y).all()


def test_scores_are_in_standard_deviations_of_training():
    _, dataset = made()
    off = dataset.test.y + 0.5
    found = score(off, "test", dataset)
    assert found["mse"] == pytest.approx(0.25, rel=1e-5)
    assert found["mae"] == pytest.approx(0.5, rel=1e-5)
    assert found["rmse"] == pytest.approx(0.5, rel=1e-5)
    naive = dataset.metadata["naive_error"]
    assert found["mase"] == pytest.approx(0.5 / naive, rel=1e-5)


def test_the_naive_error_is_of_training_alone():
    values, dataset = made(ends=(100, 150, 200), season=5)
    scaled = (values - values[:100].mean()) / values[:100].std()
    gaps = np.abs(scaled[5:100] - scaled[:95])
    assert dataset.metadata["naive_error"] == pytest.approx(gaps.mean())


def test_the_last_season_is_repeated():
    season = np.tile([1.0, 2.0, 3.0, 4.0], 60)[:, None]
    series = Series([str(n) for n in range(240)], ("a",), season, ())
    options = ForecastData(window=6, horizon=7)
    dataset = series_dataset("wave", series, options, (), 4, {})
    found = baselines(dataset)
    assert found["last season"]["mse"] == pytest.approx(0.0, abs=1e-12)
    assert found["ridge regression"]["mse"] < 1e-3
    assert found["last value"]["mse"] > 1.0


def test_etth1_is_split_as_its_authors_split_it(data_dir):
    dataset = load(ForecastData(), 0)
    assert dataset.metadata["rows"] == [8640, 2880, 2880]
    assert dataset.metadata["from_to"][0] == "2016-07-01 00:00:00"
    assert len(dataset.test.x) == 2880 - 24 + 1
    found = baselines(dataset)
    # Measured before with another program: 0.0343 and 0.0264.
    assert found["last value"]["mse"] == pytest.approx(0.0343, abs=5e-4)
    assert found["ridge regression"]["mse"] < 0.028
    assert load(ForecastData(multivariate=True), 0).output_size == 7 * 24


@pytest.mark.parametrize(
    ("dataset", "rows", "window"),
    [("wti", 10_226, 96), ("co2", 2_284, 96), ("sunspots", 309, 24)],
)
def test_other_series_are_whole(data_dir, dataset, rows, window):
    data = ForecastData(dataset=dataset, window=window, horizon=5)
    found = load(data, 0)
    assert sum(found.metadata["rows"]) == rows
    for part in (found.train, found.validation, found.test):
        assert np.isfinite(part.x).all()
        assert np.isfinite(part.y).all()


def test_gaps_of_the_registered_series_are_noted(data_dir):
    notes = load(ForecastData(dataset="co2"), 0).metadata["notes"]
    assert any("59 of 2,284 values of co2 are missing" in n for n in notes)


def test_the_example_joins_consecutive_forecasts():
    values, dataset = made()
    found = details(dataset.test.y, dataset)
    joined = values[160 : 160 + len(found["truth"]), 0]
    assert found["truth"] == pytest.approx(joined, rel=1e-3)
    assert found["forecast"] == found["truth"]
    assert found["mse_by_step"] == [0.0, 0.0, 0.0]
    steps = found["last_value_by_step"]
    assert steps == sorted(steps)


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

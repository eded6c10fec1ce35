"""Forecasts: windows, scaling, splits, scores, user series."""

from __future__ import annotations

import numpy as np
import pytest

from shared.datasets.times.table import Series
from shared.tasks.forecasting.baselines import ridge
from shared.tasks.forecasting.baselines.naive import last_season
from shared.tasks.forecasting.baselines.scored import baselines
from shared.tasks.forecasting.data import series_dataset
from shared.tasks.forecasting.forecast import details, load
from shared.tasks.forecasting.levels import forecasts, inputs, truth
from shared.tasks.forecasting.options import ForecastData
from shared.tasks.forecasting.scores import score

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


def test_a_season_longer_than_the_window_is_read_from_the_rows_before():
    values, dataset = made(season=11, window=6, horizon=13)
    scaled = (values - values[:140].mean()) / values[:140].std()
    first = scaled[160 - 11 : 160, 0]
    expected = [*first, *first[:2]]
    found = last_season(dataset)
    assert found[0, :, 0] == pytest.approx(expected)
    assert len(found) == len(dataset.test.x)
    assert "last season" in baselines(dataset)


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


def test_ridge_regression_of_long_series_takes_some_windows(
    tmp_path, monkeypatch
):
    path = tmp_path / "own.csv"
    path.write_text("value\n" + "".join(f"{n % 7 + n}\n" for n in range(200)))
    options = {"data": str(path), "time_column": "none"}
    dataset = load(ForecastData(**options, window=8, horizon=2), 0)
    whole = baselines(dataset)["ridge regression"]["mse"]
    monkeypatch.setattr(ridge, "LEARNED", 50)
    monkeypatch.setattr(ridge, "BLOCK", 3)
    found = baselines(dataset)
    some = found["ridge regression (of 50 training windows)"]["mse"]
    assert some == pytest.approx(whole, abs=0.1)
    assert some != whole

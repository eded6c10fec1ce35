"""Columns besides the target: the calendar, and exogenous ones."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from comparisons.arguments.options import parse_options
from comparisons.runs.plan import make_plan
from comparisons.worker.scoring import SCORED, scored_outputs
from shared.datasets.times.steps import Step
from shared.datasets.times.table import Series
from shared.errors import DataError, SpecError, UserError
from shared.tasks import get_task
from shared.tasks.forecasting.baselines.boosting import lags_of
from shared.tasks.forecasting.calendar import calendar_of
from shared.tasks.forecasting.data import series_dataset
from shared.tasks.forecasting.levels import inputs, truth
from shared.tasks.forecasting.options import ForecastData

RNG = np.random.default_rng(0)
ROWS, WINDOW, HORIZON = 90, 8, 3
ENDS = (50, 70, 90)
HOUR = Step("microsecond", 3600 * 10**6)


def made(**options):
    """Values of three columns, scaled by the first split, and a dataset."""
    values = RNG.normal(size=(ROWS, 3)).cumsum(axis=0)
    ticks = np.datetime64("2012-02-27T05", "us") + np.arange(
        ROWS
    ) * np.timedelta64(1, "h")
    series = Series(
        [str(t) for t in ticks],
        ("wind", "feast", "cnt"),
        values,
        (),
        HOUR,
        ticks,
    )
    options = {"exogenous": ("wind",), "known_ahead": ("feast",)} | options
    kept = [*options["exogenous"], *options["known_ahead"], "cnt"]
    places = [series.columns.index(name) for name in kept]
    series = series._replace(columns=tuple(kept), values=values[:, places])
    data = ForecastData(window=WINDOW, horizon=HORIZON, **options)
    dataset = series_dataset("made", series, data, ENDS, 0, {})
    train = values[: ENDS[0]]
    return (values - train.mean(axis=0)) / train.std(axis=0), dataset


@pytest.mark.parametrize("part", ["train", "validation", "test"])
def test_only_columns_known_ahead_come_before_their_time(part):
    scaled, dataset = made()
    begins = {"train": 0, "validation": 50 - WINDOW, "test": 70 - WINDOW}
    assert dataset.input_size == 4
    assert dataset.metadata["columns"] == ["cnt"]
    assert dataset.metadata["features"] == ["wind", "feast", "feast, 3 ahead"]
    x = getattr(dataset, part).x
    for row in (0, len(x) - 1):
        rows = np.arange(WINDOW) + begins[part] + row
        assert x[row, :, 1] == pytest.approx(scaled[rows, 0], abs=1e-5)
        assert x[row, :, 2] == pytest.approx(scaled[rows, 1], abs=1e-5)
        ahead = scaled[rows + HORIZON, 1]
        assert x[row, :, 3] == pytest.approx(ahead, abs=1e-5)
        target = scaled[rows[-1] + 1 :][:HORIZON, 2]
        assert truth(part, dataset)[row, :, 0] == pytest.approx(
            target, abs=1e-5
        )
        past = scaled[rows, 2]
        assert inputs(part, dataset)[row, :, 0] == pytest.approx(past, abs=1e-5)


def test_the_future_of_a_column_known_up_to_now_changes_no_input():
    """Rows after a window are altered; the window is the same."""
    values = RNG.normal(size=(ROWS, 2))
    options = ForecastData(
        window=WINDOW, horizon=HORIZON, exogenous=("wind",), residual=False
    )

    def windows(values):
        series = Series(["t"] * ROWS, ("wind", "cnt"), values, ())
        return series_dataset("made", series, options, ENDS, 0, {}).test.x

    later = values.copy()
    later[ENDS[1] :] += 9.0
    assert (windows(values)[0] == windows(later)[0]).all()
    assert (windows(values)[1] != windows(later)[1]).any()


def test_trees_read_what_is_known_of_the_step_ahead():
    scaled, dataset = made()
    rows, steps = np.array([0, 4, 5]), np.array([0, 1, 2])
    x = lags_of("test", 0, dataset, rows, steps)
    assert x.shape[1] == 1 + WINDOW + 2 * 3
    target = ENDS[1] + rows + steps
    assert x[:, -1] == pytest.approx(scaled[target, 1], abs=1e-5)
    now = ENDS[1] + rows - 1
    assert x[:, -6] == pytest.approx(scaled[now, 0], abs=1e-5)


def test_a_rollout_reads_what_is_known_of_each_step(monkeypatch):
    scaled, dataset = made(exogenous=(), strategy="recursive", residual=False)
    seen = []

    def first(implementation, model, split):
        seen.append(split.x[:, -1])
        return split.x[:, -1, :1] + 1.0

    monkeypatch.setitem(SCORED, "forecaster", first)
    test = dataset.test
    found = scored_outputs(
        "forecaster", None, None, test, HORIZON, dataset.ahead(test)
    )
    last = scaled[ENDS[1] - 1, 2]
    assert found[0] == pytest.approx(last + np.array([1, 2, 3]), abs=1e-5)
    for step, x in enumerate(seen):
        row = ENDS[1] - 1 + step
        assert x[0, 0] == pytest.approx(last + step, abs=1e-5)
        assert x[0, 1:] == pytest.approx(scaled[row : row + 2, 1], abs=1e-5)


def calendar(first, count, step, unit):
    ticks = np.datetime64(first, "us") + np.arange(count) * step
    return calendar_of("made", Series([], ("a",), np.empty(0), (), unit, ticks))


def test_the_calendar_begins_at_midnight_monday_and_new_year():
    names, values = calendar("2012-01-01T00", 48, np.timedelta64(1, "h"), HOUR)
    found = dict(zip(names, values.T, strict=True))
    # 2012-01-01 is a Sunday.
    assert found["cosine of hour of day"][[0, 12, 24]] == pytest.approx(
        [1, -1, 1]
    )
    assert found["sine of hour of day"][[6, 18]] == pytest.approx([1, -1])
    sunday = np.sin(2 * np.pi * 6 / 7)
    assert found["sine of day of week"][[0, 23]] == pytest.approx([sunday] * 2)
    assert found["sine of day of week"][24] == pytest.approx(0, abs=1e-12)
    assert found["cosine of day of week"][24] == pytest.approx(1)
    assert found["cosine of day of year"][0] == pytest.approx(1)
    assert found["sine of day of year"][30] == pytest.approx(
        np.sin(2 * np.pi / 365.2425)
    )


@pytest.mark.parametrize(
    ("step", "unit", "periods"),
    [
        (np.timedelta64(1, "h"), HOUR, 3),
        (np.timedelta64(24, "h"), Step("microsecond", 24 * HOUR.length), 2),
        (np.timedelta64(24, "h"), Step("business day", 1), 2),
        (np.timedelta64(30 * 24, "h"), Step("month", 1), 1),
    ],
)
def test_periods_are_longer_than_the_step(step, unit, periods):
    names, values = calendar("2012-01-01", 9, step, unit)
    assert len(names) == values.shape[1] == 2 * periods


def test_without_dates_there_is_no_calendar():
    series = Series([], ("a",), np.empty(0), (), ticks=np.arange(9.0))
    with pytest.raises(DataError, match="has no dates"):
        calendar_of("made", series)
    with pytest.raises(DataError, match="the calendar says nothing"):
        calendar("2012-01-01", 9, np.timedelta64(365, "D"), Step("month", 12))


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"exogenous": ("a",), "known_ahead": ("a",)}, "'a' is named twice"),
        ({"exogenous": ("a",), "multivariate": True}, "'a' is exogenous, but"),
        (
            {"exogenous": ("a",), "strategy": "recursive"},
            "has no values of 'a' at the steps ahead: it needs --known-ahead",
        ),
    ],
)
def test_columns_that_cannot_be_read_are_refused(options, message):
    with pytest.raises(SpecError, match=message):
        ForecastData(**options)


def test_a_window_holds_what_is_known_of_each_step_ahead():
    data = {"window": 8, "horizon": 9, "residual": False}
    series = Series(["t"] * ROWS, ("a",), RNG.normal(size=(ROWS, 1)), ())
    series_dataset("made", series, ForecastData(**data), ENDS, 0, {})
    options = ForecastData(**data, known_ahead=("a",))
    with pytest.raises(SpecError, match="--window 9 suffices"):
        series_dataset("made", series, options, ENDS, 0, {})


def write(tmp_path, temps):
    times = pd.date_range("2001-01-01", periods=len(temps), freq="h")
    values = [n % 24 + n / 50 for n in range(len(temps))]
    path = tmp_path / "my.csv"
    frame = pd.DataFrame({"time": times, "temp": temps, "value": values})
    frame.to_csv(path, index=False)
    return ["--task", "forecast", "--data", str(path)]


def test_columns_of_a_users_file_are_read(tmp_path):
    temps = RNG.normal(size=300)
    flags = [*write(tmp_path, temps), "--exogenous", "temp", "--calendar"]
    plan = make_plan(parse_options(flags), "")
    dataset = get_task("forecast").load(plan.runs[0].data, 0)
    train = temps[: dataset.metadata["rows"][0]]
    found = dataset.train.x[0, :, 1]
    expected = ((temps - train.mean()) / train.std())[: len(found)]
    assert found == pytest.approx(expected, abs=1e-5)
    assert plan.runs[0].model.input_size == 1 + 1 + 2 * 6
    assert any("temp; sine of hour" in line for line in plan.data_summary)


@pytest.mark.parametrize(
    ("flags", "message"),
    [
        ("--exogenous tmep", "unknown column 'tmep'; did you mean 'temp'"),
        ("--exogenous value", "'value' is the column that is forecast"),
        (
            "--known-ahead temp",
            "'temp' ends at 2001-01-13 09:00:00, 2 rows before the series, "
            "where none may be missing",
        ),
        ("--exogenous temp --horizon 1", "where 1 may be missing"),
        ("--known-ahead temp --fill last", "it would end before the horizon"),
    ],
)
def test_faults_of_the_columns_are_one_line(tmp_path, flags, message):
    temps = np.append(RNG.normal(size=298), [np.nan, np.nan])
    arguments = [*write(tmp_path, temps), *flags.split()]
    with pytest.raises(UserError, match=message) as caught:
        make_plan(parse_options(arguments), "")
    assert "\n" not in str(caught.value)


def test_a_column_may_lack_the_rows_of_the_last_horizon(tmp_path):
    temps = np.append(RNG.normal(size=298), [np.nan, np.nan])
    flags = ["--exogenous", "temp", "--fill", "last", "--horizon", "2"]
    make_plan(parse_options([*write(tmp_path, temps), *flags]), "")


@pytest.mark.parametrize(
    ("dataset", "rows", "season"),
    [
        ("bike", 17_379, 24),
        ("melbourne", 3_650, 365),
        ("seattle", 1_461, 365),
        ("sp500", 5_105, 0),
        ("wti", 10_226, 0),
    ],
)
def test_series_that_people_forecast_are_whole(data_dir, dataset, rows, season):
    data = ForecastData(
        dataset=dataset, window=30, horizon=7, calendar=True, residual=False
    )
    found = get_task("forecast").load(data, 0)
    assert sum(found.metadata["rows"]) == rows
    assert found.metadata["season"] == season
    notes = found.metadata["notes"]
    assert any(note.startswith("licence of the series") for note in notes)
    for part in (found.train, found.validation, found.test):
        assert np.isfinite(part.x).all()
        assert np.isfinite(part.y).all()
    if season > 30:  # longer than the window: read from the rows before
        first = sum(found.metadata["rows"][:2])
        assert found.arrays["season_test"].shape == (rows - first - 6, 7, 1)


def test_the_weather_of_a_demand_is_read(data_dir):
    data = ForecastData(
        dataset="bike", exogenous=("temp", "hum"), known_ahead=("holiday",)
    )
    found = get_task("forecast").load(data, 0)
    assert found.metadata["columns"] == ["cnt"]
    assert found.metadata["features"][:3] == ["temp", "hum", "holiday"]
    with pytest.raises(DataError, match="did you mean 'weekday'"):
        get_task("forecast").load(
            ForecastData(dataset="bike", known_ahead=("weekdy",)), 0
        )

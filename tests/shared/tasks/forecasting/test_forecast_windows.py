"""Window and horizon of a user's own series, by its step and its length."""

from __future__ import annotations

import pandas as pd
import pytest

from comparisons.arguments.options import parse_options
from comparisons.runs.plan import make_plan
from shared.errors import UserError
from shared.tasks import get_task, resolve
from shared.tasks.forecasting.options import ForecastData
from shared.tasks.forecasting.rows import ends_of, rows_needed


def write(tmp_path, rows, freq):
    times = pd.date_range("2001-01-01", periods=rows, freq=freq)
    values = [n % 12 + n / 50 for n in range(rows)]
    path = tmp_path / "my.csv"
    pd.DataFrame({"time": times, "value": values}).to_csv(path, index=False)
    return str(path)


def sizes(data, train=None, preset="quick"):
    run = resolve(
        task="forecast",
        preset=preset,
        framework="pytorch",
        cell="gru",
        data=data,
        train=train or {},
    )
    return run.data.window, run.data.horizon, run.train.batch_size


@pytest.mark.parametrize(
    ("rows", "freq", "expected"),
    [
        (144, "MS", (24, 12, 64)),
        (80, "QS", (8, 4, 32)),
        (60, "YS", (10, 5, 16)),
        (400, "W", (52, 13, 64)),
        (400, "D", (28, 7, 64)),
        (400, "B", (20, 5, 64)),
        (600, "h", (48, 24, 64)),
        (800, "30min", (96, 48, 64)),
        (900, "15min", (96, 24, 64)),
        (400, "6h", (8, 4, 64)),
        (400, "12h", (28, 14, 64)),
        (400, "10D", (48, 24, 64)),
        (60, "MS", (18, 6, 16)),
        (36, "MS", (11, 3, 8)),
        (10, "MS", (3, 1, 4)),
        (5, "MS", (2, 1, 1)),
    ],
)
def test_they_follow_the_step_and_the_length(tmp_path, rows, freq, expected):
    data = {"data": write(tmp_path, rows, freq)}
    assert sizes(data) == expected
    window, horizon, batch = expected
    dataset = get_task("forecast").load(
        ForecastData(**data, window=window, horizon=horizon), 0
    )
    assert len(dataset.train.x) >= batch
    assert min(len(dataset.validation.x), len(dataset.test.x)) > 0


@pytest.mark.parametrize("preset", ["quick", "standard"])
def test_the_airline_passengers_fit_every_preset(tmp_path, preset):
    assert sizes({"data": write(tmp_path, 144, "MS")}, preset=preset) == (
        24,
        12,
        64,
    )


def test_what_is_given_stays(tmp_path):
    path = write(tmp_path, 600, "h")
    assert sizes({"data": path, "window": 100})[:2] == (100, 24)
    assert sizes({"data": path, "horizon": 50})[:2] == (48, 50)
    assert sizes({"data": path, "window": 415}) == (415, 5, 1)
    given = {"data": path, "window": 5, "horizon": 6}
    assert sizes(given, {"batch_size": 7}) == (5, 6, 7)


def test_data_sets_keep_theirs():
    assert sizes({}) == (48, 24, 64)
    assert sizes({}, preset="standard") == (96, 24, 64)
    assert sizes({"dataset": "sunspots"}) == (48, 24, 64)


def test_a_complete_run_reads_no_file():
    given = {"data": "absent.csv", "window": 9, "horizon": 2}
    assert sizes(given, {"batch_size": 4}) == (9, 2, 4)


def test_they_are_in_the_spec_and_in_the_data_lines(tmp_path):
    flags = ["--task", "forecast", "--data", write(tmp_path, 144, "MS")]
    plan = make_plan(parse_options(flags), "")
    assert (plan.runs[0].data.window, plan.runs[0].data.horizon) == (24, 12)
    assert plan.data_summary[1] == (
        "windows of 24 steps of 1 month, 12 ahead; a season is 12 steps"
    )
    task = get_task("forecast")
    dataset = task.load(plan.runs[0].data, 0)
    assert dataset.metadata["season"] == 12
    scores = task.baselines(dataset)
    assert scores["last season"]["mse"] < scores["last value"]["mse"]


@pytest.mark.parametrize(("window", "horizon"), [(2, 1), (24, 12), (300, 7)])
def test_the_rows_needed_are_the_least(window, horizon):
    def fits(rows):
        first, second, last = ends_of(rows)
        least = min(second - first, last - second)
        return first >= window + horizon and least >= horizon

    rows = rows_needed(window, horizon)
    assert fits(rows)
    assert not fits(rows - 1)


def test_too_few_rows_are_one_line(tmp_path):
    flags = ["--task", "forecast", "--data", write(tmp_path, 3, "MS")]
    with pytest.raises(UserError, match=r"\d+ in the file suffice"):
        make_plan(parse_options(flags), "")

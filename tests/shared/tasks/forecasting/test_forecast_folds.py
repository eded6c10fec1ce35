"""Walk-forward evaluation: folds of the test rows; returns of prices."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from comparisons.arguments.options import parse_options
from shared.datasets.times.table import Series
from shared.errors import DataError, UserError
from shared.tasks import resolve
from shared.tasks.forecasting.baselines.naive import last_value, no_change
from shared.tasks.forecasting.baselines.ridge import ridge
from shared.tasks.forecasting.baselines.scored import baselines
from shared.tasks.forecasting.data import series_dataset
from shared.tasks.forecasting.details import details
from shared.tasks.forecasting.levels import truth
from shared.tasks.forecasting.options import ForecastData
from shared.tasks.forecasting.rows import fold_ends, with_returns
from shared.tasks.forecasting.scores import errors, score, score_examples
from shared.tasks.forecasting.sources import load

RNG = np.random.default_rng(0)
ENDS = (60, 80, 111)
WINDOW, HORIZON = 6, 2


def fold_of(fold, folds=3):
    series = Series([f"t{n}" for n in range(ENDS[2])], ("a",), VALUES, ())
    data = ForecastData(window=WINDOW, horizon=HORIZON, folds=folds)
    return series_dataset("made", series, data, ENDS, 0, {}, fold)


VALUES = RNG.normal(size=(ENDS[2], 1)).cumsum(axis=0)


def test_folds_cover_the_last_test_rows_once():
    found = [fold_ends("made", ENDS, 3, fold, HORIZON) for fold in range(3)]
    assert found == [(61, 81, 91), (71, 91, 101), (81, 101, 111)]
    assert fold_ends("made", ENDS, 1, 0, HORIZON) == ENDS
    for (_, _, end), (_, begin, _) in pairwise(found):
        assert begin == end


@pytest.mark.parametrize("fold", [0, 1, 2])
def test_a_fold_is_tested_on_rows_after_those_it_learns(fold):
    dataset = fold_of(fold)
    scaled = (VALUES - VALUES[:61].mean()) / VALUES[:61].std()
    begin = 81 + 10 * fold
    last = len(truth("train", dataset)) - 1
    learned = truth("train", dataset)[last, -1]
    assert learned == pytest.approx(scaled[begin - 20 - 1], abs=1e-5)
    checked = truth("validation", dataset)[-1, -1]
    assert checked == pytest.approx(scaled[begin - 1], abs=1e-5)
    tested = truth("test", dataset)
    assert tested[0, 0] == pytest.approx(scaled[begin], abs=1e-5)
    assert tested[-1, -1] == pytest.approx(scaled[begin + 9], abs=1e-5)
    assert dataset.metadata["rows"] == [begin - 20, 20, 10]
    assert dataset.metadata["test_from"] == f"t{begin}"


def test_each_seed_is_of_one_fold(tmp_path):
    path = tmp_path / "own.csv"
    path.write_text("value\n" + "".join(f"{n % 7 + n}\n" for n in range(200)))
    options = {"data": str(path), "time_column": "none", "folds": 3}
    data = ForecastData(**options, window=8, horizon=2)
    folds = [load(data, seed).metadata["fold"] for seed in range(4)]
    assert folds == [0, 1, 2, 0]


def test_errors_of_all_folds_have_one_unit():
    found = [fold_of(fold).metadata for fold in range(3)]
    for name in ("mean", "deviation", "naive_error"):
        assert len({str(one[name]) for one in found}) == 1


def test_a_run_says_which_fold_it_is_of():
    dataset = fold_of(1)
    found = details(dataset.test.y, dataset)
    assert (found["fold"], found["folds"]) == (1, 3)
    assert found["tested"] == ["t91", "t100"]
    assert found["test_windows"] == len(dataset.test.x) == 9
    # Other windows than those of the next seed: no examples to pair.
    assert score_examples(dataset.test.y, dataset) is None
    whole = fold_of(0, 1)
    assert score_examples(whole.test.y, whole) is not None


def test_folds_shorter_than_the_horizon_are_refused():
    with pytest.raises(DataError, match="16 folds of 31 test rows have 1 each"):
        fold_ends("made", ENDS, 16, 0, HORIZON)


def test_there_are_as_many_seeds_as_folds():
    task = ["--task", "forecast", "--folds", "3"]
    assert parse_options([*task, "--preset", "quick"]).seeds == 3
    assert parse_options(["--task", "forecast", "--folds", "4"]).seeds == 4
    assert parse_options([*task, "--seeds", "6"]).seeds == 6
    with pytest.raises(UserError, match="--folds 3 needs --seeds 3, or a"):
        parse_options([*task, "--seeds", "4"])


def test_returns_are_differences_of_logarithms():
    prices = np.exp(VALUES)
    series = Series(
        [str(n) for n in range(ENDS[2])],
        ("wind", "a"),
        np.hstack([VALUES, prices]),
        (),
        ticks=np.arange(ENDS[2]),
    )
    found = with_returns("made", series, ("a",))
    assert found.values[:, 1] == pytest.approx(np.diff(VALUES[:, 0]))
    assert (found.values[:, 0] == VALUES[1:, 0]).all()
    assert (found.times[0], found.ticks[0]) == ("1", 1)
    with pytest.raises(DataError, match=r"'wind' is -.* has no logarithm"):
        with_returns("made", series, ("wind",))


def test_no_change_of_a_price_is_a_return_of_zero():
    series = Series([str(n) for n in range(ENDS[2])], ("a",), VALUES, ())
    options = {"window": WINDOW, "horizon": HORIZON, "residual": False}
    data = ForecastData(**options, returns=True)
    dataset = series_dataset("made", series, data, ENDS, 0, {})
    mean, deviation = dataset.metadata["mean"], dataset.metadata["deviation"]
    assert no_change(dataset) * deviation + mean == pytest.approx(0.0)
    outputs = no_change(dataset).reshape(-1, HORIZON)
    found = baselines(dataset)["no change"]
    assert found == pytest.approx(score(outputs, "test", dataset))
    data = ForecastData(**options)
    levels = series_dataset("made", series, data, ENDS, 0, {})
    assert "no change" not in baselines(levels)


def test_returns_are_no_differences_unless_requested():
    names = {"task": "forecast", "framework": "pytorch", "cell": "gru"}
    assert not resolve(**names, data={"returns": True}).data.residual
    given = {"returns": True, "residual": True}
    assert resolve(**names, data=given).data.residual


def test_the_last_value_of_an_index_is_hard_to_beat(data_dir):
    from shared.tasks.forecasting.forecast import load

    data = ForecastData(dataset="sp500", window=20, horizon=5)
    dataset = load(data, 0)
    naive = errors(last_value(dataset), "test", dataset)["mse"]
    assert naive < errors(ridge(dataset)("test"), "test", dataset)["mse"]

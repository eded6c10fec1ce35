"""Targets of every step, and forecasts that are read as the next inputs."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest

from comparisons.arguments.options import parse_options
from comparisons.worker.scoring import SCORED, last_outputs, scored_outputs
from shared.datasets.times.table import Series
from shared.errors import SpecError
from shared.specs import Split
from shared.tasks import resolve
from shared.tasks.forecasting.baselines.scored import baselines
from shared.tasks.forecasting.data import series_dataset
from shared.tasks.forecasting.levels import truth
from shared.tasks.forecasting.options import ForecastData

ROWS, WINDOW, HORIZON = 60, 8, 3


def made(columns=2, **options):
    """A dataset of columns whose scaled values name their row and column."""
    values = np.arange(ROWS)[:, None] + 100.0 * np.arange(columns)
    values = values + np.random.default_rng(0).normal(size=values.shape)
    names = tuple("abc"[:columns])
    series = Series([str(n) for n in range(ROWS)], names, values, ())
    sizes = {"window": WINDOW, "horizon": HORIZON, "residual": False}
    data = ForecastData(**sizes, **options)
    dataset = series_dataset("made", series, data, (40, 50, 60), 0, {})
    train = values[:40]
    return (values - train.mean(axis=0)) / train.std(axis=0), dataset


@pytest.mark.parametrize(
    ("targets", "strategy", "ahead"),
    [
        ("last", "recursive", 1),
        ("every", "direct", HORIZON),
        ("every", "recursive", 1),
    ],
)
def test_what_is_learned_follows_each_window_or_each_step(
    targets, strategy, ahead
):
    scaled, dataset = made(targets=targets, strategy=strategy)
    x, y, _ = dataset.train
    assert len(x) == len(y) == 40 - WINDOW - HORIZON + 1
    assert dataset.output_size == 2 * ahead
    assert dataset.rollout == (HORIZON if strategy == "recursive" else 1)
    for row in (0, 7, len(x) - 1):
        steps = range(WINDOW) if targets == "every" else [WINDOW - 1]
        expected = [
            scaled[row + step + 1 : row + step + 1 + ahead].ravel()
            for step in steps
        ]
        learned = y[row] if targets == "every" else y[row][None]
        assert learned == pytest.approx(np.array(expected), abs=1e-5)
        assert x[row] == pytest.approx(scaled[row : row + WINDOW], abs=1e-5)


@pytest.mark.parametrize("targets", ["last", "every"])
@pytest.mark.parametrize("strategy", ["direct", "recursive"])
def test_scores_and_baselines_are_of_the_whole_horizon(targets, strategy):
    _, dataset = made(targets=targets, strategy=strategy)
    _, plain = made()
    for part in ("train", "validation", "test"):
        assert (truth(part, dataset) == truth(part, plain)).all()
    assert baselines(dataset) == baselines(plain)


def test_a_rollout_reads_its_own_forecasts(monkeypatch):
    """The model adds the last two values: Fibonacci's numbers."""
    shapes = []

    def added(implementation, model, split):
        shapes.append(split.x.shape)
        return split.x[:, -1] + split.x[:, -2]

    monkeypatch.setitem(SCORED, "forecaster", added)
    x = np.array([[[0.0], [1.0], [1.0]], [[5.0], [2.0], [1.0]]])
    split = Split(x, x[:, 0], None)
    found = scored_outputs("forecaster", None, None, split, 4)
    assert found.tolist() == [[2.0, 3.0, 5.0, 8.0], [3.0, 4.0, 7.0, 11.0]]
    assert set(shapes) == {(2, 3, 1)}
    once = scored_outputs("forecaster", None, None, split)
    assert once.tolist() == [[2.0], [3.0]]


@pytest.mark.parametrize(
    ("given", "residual"),
    [
        ({}, True),
        ({"targets": "every"}, False),
        ({"strategy": "recursive"}, False),
        ({"strategy": "recursive", "residual": False}, False),
    ],
)
def test_differences_are_off_where_they_cannot_be_formed(given, residual):
    names = {"task": "forecast", "framework": "pytorch", "cell": "gru"}
    assert resolve(**names, data=given).data.residual is residual


@pytest.mark.parametrize("flag", ["--targets every", "--strategy recursive"])
def test_differences_that_cannot_be_formed_are_refused(flag):
    with pytest.raises(SpecError, match="need --residual off"):
        parse_options(["--task", "forecast", *flag.split(), "--residual", "on"])


def test_the_last_step_of_a_forecaster_of_all_steps_is_scored():
    found = np.arange(12.0).reshape(2, 3, 2)  # (N, T, K)
    package = SimpleNamespace(predict=lambda model, x, lengths: found)
    scored = last_outputs(package, None, Split(np.zeros((2, 3, 1)), None, None))
    assert scored.tolist() == [[4.0, 5.0], [10.0, 11.0]]

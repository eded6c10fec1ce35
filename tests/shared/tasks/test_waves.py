"""The sine task with a wave for each sequence."""

from __future__ import annotations

import json
import re

import numpy as np
import pytest

from comparisons.arguments.options import parse_options
from shared.errors import SpecError, UserError
from shared.specs import PARTS
from shared.tasks import get_task, resolve, stored_data
from shared.tasks.fundamentals.sine import WAVES
from shared.tasks.fundamentals.waves import WaveData, load

TASK = get_task("sine")
QUIET = {"noise": 0.0, "drift": 0.0}


def test_a_training_wave_gives_one_window_and_a_test_wave_consecutive_ones():
    sizes = {f"{part}_sequences": 7 for part in PARTS}
    dataset = load(WaveData(window=9, test_forecasts=4, **sizes), 0)
    assert dataset.train.x.shape == dataset.validation.x.shape == (7, 9, 1)
    assert dataset.test.x.shape == (28, 9, 1)
    assert dataset.test.y.shape == dataset.arrays["clean_test"].shape == (28, 1)
    x, y = dataset.test.x[:, :, 0], dataset.test.y[:, 0]
    for wave in range(7):
        for row in range(4 * wave, 4 * wave + 3):
            assert (x[row + 1] == [*x[row, 1:], y[row]]).all()
        # The next wave has nothing of this one.
        assert not np.isin(x[4 * wave + 3], x[4 * wave + 4 :]).any()


def test_targets_of_every_step_are_the_values_after_it():
    last, every = (
        load(WaveData(targets=targets), 3) for targets in ("last", "every")
    )
    assert (last.model, every.model) == ("", "sequence_forecaster")
    assert (every.train.x == last.train.x).all()
    y = every.train.y
    assert y.shape == (*every.train.x.shape[:2], 1)
    assert (y[:, :-1] == every.train.x[:, 1:]).all()
    assert (y[:, -1] == last.train.y).all()
    # What is scored is the last step.
    assert (every.test.y == last.test.y).all()
    assert (every.validation.y == last.validation.y).all()
    assert TASK.baselines(every) == TASK.baselines(last)


def test_each_wave_has_its_own_period_and_amplitude():
    # A sine of period p is x(t+1) = 2 cos(2 pi / p) x(t) - x(t-1).
    data = WaveData(test_sequences=300, test_forecasts=60, **QUIET)
    dataset = load(data, 0)
    values = dataset.test.y.reshape(300, 60).astype(float)
    before, here, after = values[:, :-2], values[:, 1:-1], values[:, 2:]
    cosines = ((before + after) * here).sum(1) / (2 * here**2).sum(1)
    periods = 2 * np.pi / np.arccos(cosines)
    assert 6.0 - 1e-3 <= periods.min() < 6.5
    assert 37.0 < periods.max() <= 40.0 + 0.1
    # As many below the geometric mean as above it: within 4 sigma.
    assert abs((periods < np.sqrt(6 * 40)).mean() - 0.5) < 4 * 0.5 / 300**0.5
    peaks = np.abs(values).max(axis=1)
    assert 0.4 < peaks.min() < 0.6
    assert 1.4 < peaks.max() <= 1.5 + 1e-6


def test_the_frequency_drifts_by_as_much_as_is_requested():
    """A later window has another period, by a random walk of n steps."""
    fixed = {"shortest_period": 20.0, "longest_period": 20.0, "noise": 0.0}

    def ends(drift: float) -> np.ndarray:
        data = WaveData(test_sequences=400, drift=drift, **fixed)
        phases = load(data, 1)
        first, last = phases.test.x[::20, 0, 0], phases.test.y[19::20, 0]
        return np.corrcoef(first, last)[0, 1]

    # 39 steps are 1.95 periods: near the first phase again without a drift.
    assert ends(0.0) > 0.9
    assert ends(0.002) > 0.8
    assert abs(ends(0.2)) < 0.3


def test_the_seed_decides_the_waves():
    first, again, other = (load(WaveData(), seed) for seed in (0, 0, 1))
    for part in PARTS:
        x = getattr(first, part).x
        assert (x == getattr(again, part).x).all()
        assert not np.isin(x[:9, 0], getattr(other, part).x).any()
    # But for ties of float32, no value is in two splits.
    assert np.isin(first.test.x[:, 0], first.train.x).mean() < 0.05


def test_baselines_lie_far_above_the_noise():
    dataset = load(WaveData(), 0)
    found = TASK.baselines(dataset)
    floor = TASK.noise_floor(dataset)
    # The sample deviation of n normals has relative error 1/sqrt(2n).
    assert floor == pytest.approx(0.05, rel=0.03)
    assert found["linear autoregression"]["rmse"] > 2.5 * floor
    assert (
        found["last value"]["rmse"]
        > 2 * (found["linear autoregression"]["rmse"])
    )


def test_examples_are_waves():
    data = WaveData(test_sequences=6, test_forecasts=5)
    dataset = load(data, 0)
    outputs = dataset.test.y + np.arange(30)[:, None]
    examples = TASK.examples(outputs, dataset)
    assert examples.unit == "waves"
    assert not examples.dependent
    assert examples.statistics[:, 1].tolist() == [5] * 6
    squares = np.arange(30.0).reshape(6, 5) ** 2
    assert examples.statistics[:, 0] == pytest.approx(squares.sum(axis=1))


def test_details_hold_what_a_picture_of_waves_needs():
    dataset = load(WaveData(test_forecasts=8), 0)
    shown = TASK.details(dataset.test.y + 1, dataset)
    assert shown == json.loads(json.dumps(shown))
    inputs = np.array(shown["inputs"])
    assert inputs.shape == (WAVES, 20)
    assert inputs == pytest.approx(dataset.test.x[:24:8, :, 0], abs=1e-4)
    assert shown["noisy"] == pytest.approx(dataset.test.y[:24, 0], abs=1e-4)
    assert len(shown["clean"]) == len(shown["forecast"]) == 24


@pytest.mark.parametrize(
    ("given", "noise", "longest"),
    [
        ({}, 0.05, 40.0),
        ({"dataset": "one-wave"}, 0.1, 36.0),
        ({"dataset": "one-wave", "noise": 0.05}, 0.05, 36.0),
        ({"dataset": "sine", "longest_period": 40.0}, 0.1, 40.0),
    ],
)
def test_one_wave_has_its_own_defaults(given, noise, longest):
    names = {"task": "sine", "framework": "pytorch", "cell": "gru", "seed": 0}
    data = resolve(**names, data=given).data
    assert (data.noise, data.longest_period) == (noise, longest)


def test_what_was_recorded_before_is_of_one_wave():
    assert stored_data(TASK, "standard", {}) == {"dataset": "one-wave"}
    old = {"dataset": "sine", "noise": 0.3}
    assert stored_data(TASK, "quick", old) == {
        "dataset": "one-wave",
        "noise": 0.3,
    }


@pytest.mark.parametrize(
    ("flags", "words"),
    [
        ("--train-steps 900", "--train-steps is an option of --dataset one-"),
        ("--dataset one-wave --drift 0", "--drift is an option of --dataset w"),
    ],
)
def test_an_option_of_the_other_data_set_is_refused(flags, words):
    with pytest.raises(UserError, match=re.escape(words)):
        parse_options(["--task", "sine", *flags.split()])


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"drift": -0.1}, "drift must be at least 0"),
        ({"smallest_amplitude": 2.0}, "more than largest_amplitude 1.5"),
        ({"shortest_period": 50.0}, "more than longest_period 40"),
        ({"window": 1}, "window must be at least 2"),
    ],
)
def test_impossible_options_are_refused(changes, words):
    with pytest.raises(SpecError, match=words):
        WaveData(**changes)

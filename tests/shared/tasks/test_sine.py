"""The sine task with one wave: its windows, scores, floor, baselines."""

from __future__ import annotations

import dataclasses
import json

import numpy as np
import pytest

from shared.errors import SpecError
from shared.tasks import get_task
from shared.tasks.fundamentals.sine import ERRORS, SHOWN
from shared.tasks.fundamentals.waves import OF_ONE, WaveData, load

TASK = get_task("sine")
PARTS = ("train", "validation", "test")


def one_wave(**options) -> WaveData:
    return WaveData(dataset="one-wave", **{**OF_ONE, **options})


def series(split) -> np.ndarray:
    """The stretch that the windows of a part were cut from."""
    return np.concatenate([split.x[0, :, 0], split.y[:, 0]])


def test_windows_are_followed_by_their_targets():
    data = one_wave(window=7)
    dataset = load(data, 0)
    for part in PARTS:
        split = getattr(dataset, part)
        stretch = series(split)
        assert len(stretch) == getattr(data, f"{part}_steps")
        assert split.x.shape == (len(stretch) - 7, 7, 1)
        assert split.y.shape == (len(stretch) - 7, 1)
        assert split.x.dtype == split.y.dtype == np.float32
        assert split.lengths is None
        for row in (0, 5, len(split.x) - 1):
            assert (split.x[row, :, 0] == stretch[row : row + 7]).all()
            assert split.y[row, 0] == stretch[row + 7]


def test_no_value_is_in_two_splits():
    dataset = load(one_wave(), 0)
    stretches = [series(getattr(dataset, part)) for part in PARTS]
    values = np.concatenate(stretches)
    # Noise makes a value unique but for a few ties of float32.
    assert len(np.unique(values)) > 0.999 * len(values)


def test_splits_follow_each_other_on_one_wave():
    data = one_wave(noise=0.0)
    dataset = load(data, 4)
    values = np.concatenate([series(getattr(dataset, p)) for p in PARTS])
    steps = np.arange(len(values))
    angle = 2 * np.pi * steps / dataset.metadata["period"]
    wave = np.sin(angle + dataset.metadata["phase"])
    assert values == pytest.approx(wave, abs=1e-6)


def test_the_seed_decides_the_wave_and_the_noise():
    first, again, other = (load(one_wave(), seed) for seed in (0, 0, 1))
    assert (first.train.x == again.train.x).all()
    assert first.metadata == again.metadata
    assert first.metadata["period"] != other.metadata["period"]
    periods = [load(one_wave(), seed).metadata["period"] for seed in range(20)]
    assert min(periods) >= one_wave().shortest_period
    assert max(periods) <= one_wave().longest_period
    assert np.ptp(periods) > 10


def test_the_noise_floor_is_that_of_the_sampled_noise():
    dataset = load(one_wave(test_steps=20020), 0)
    # The sample deviation of n normals has relative error 1/sqrt(2n).
    assert TASK.noise_floor(dataset) == pytest.approx(0.1, rel=0.02)
    clean = dataset.arrays["clean_test"]
    found = TASK.score(clean, "test", dataset)
    assert found["rmse"] == TASK.noise_floor(dataset)
    assert found["rmse_clean"] == found["mae_clean"] == 0.0


def test_scores_have_noisy_and_clean_targets():
    dataset = load(one_wave(), 0)
    for part in PARTS:
        found = TASK.score(getattr(dataset, part).y, part, dataset)
        assert found["rmse"] == found["mae"] == 0.0
        assert found["rmse_clean"] == pytest.approx(0.1, rel=0.1)


@pytest.mark.parametrize("seed", range(5))
def test_baselines_are_ordered_above_the_noise_floor(seed):
    dataset = load(one_wave(), seed)
    found = TASK.baselines(dataset)
    floor = TASK.noise_floor(dataset)
    linear = found["linear autoregression"]["rmse"]
    assert 1.0 < linear / floor < 1.10
    assert found["last value"]["rmse"] > 1.5 * linear


def test_autoregression_is_exact_without_noise():
    dataset = load(one_wave(noise=0.0), 0)
    linear = TASK.baselines(dataset)["linear autoregression"]
    assert linear["rmse"] < 1e-5


def test_details_are_json_of_the_first_and_the_worst_windows():
    dataset = load(one_wave(), 0)
    outputs = dataset.test.y + 1
    outputs[300] += 1.0
    shown = TASK.details(outputs, dataset)
    assert shown == json.loads(json.dumps(shown))
    worst = shown.pop("worst")
    assert [len(values) for values in shown.values()] == [SHOWN] * 3
    gap = np.array(shown["forecast"]) - shown["noisy"]
    # Two values rounded to 4 digits.
    assert gap == pytest.approx(np.ones(SHOWN), abs=1.1e-4)
    assert worst["step"][0] == 300
    assert len(worst["step"]) == ERRORS
    error = worst["forecast"][0] - worst["noisy"][0]
    assert error == pytest.approx(2.0, abs=1.1e-4)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"dataset": "one"}, "did you mean 'one-wave'"),
        ({"noise": -0.1}, "noise must be at least 0"),
        ({"test_steps": 20}, "test_steps must be more than window 20"),
        ({"shortest_period": 40.0}, "longest_period 36"),
    ],
)
def test_impossible_options_are_refused(changes, words):
    with pytest.raises(SpecError, match=words):
        dataclasses.replace(one_wave(), **changes)

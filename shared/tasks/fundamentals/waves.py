"""Sine waves as windows and the value that follows each of them."""

from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from shared.errors import SpecError
from shared.fields import check, from_zero, option
from shared.specs import PARTS, Split
from shared.task import Dataset, Splits

ONE = "one-wave"
OF_ONE = {"noise": 0.1, "shortest_period": 12.0, "longest_period": 36.0}
"""Fields of one wave where they are not given."""

of_waves = partial(option, least=1, datasets=("waves",))
of_one = partial(option, least=1, datasets=(ONE,))


@dataclass(frozen=True)
class WaveData:
    dataset: str = option(
        "waves",
        "a wave for each sequence, or one wave for all",
        ("waves", ONE),
    )
    noise: float = from_zero(
        0.05, "standard deviation of the noise; of one-wave, 0.1"
    )
    window: int = option(20, "time steps T of the input window", least=2)
    shortest_period: float = option(
        6.0, "shortest period in steps; of one-wave, 12", above=2.0
    )
    longest_period: float = option(
        40.0, "longest period in steps; of one-wave, 36", above=2.0
    )
    targets: str = option(
        "last",
        "values learned in training: that after the window, or that after "
        "every step of it",
        ("last", "every"),
    )
    smallest_amplitude: float = of_waves(
        0.5, "smallest amplitude of waves", least=0.0
    )
    largest_amplitude: float = of_waves(
        1.5, "largest amplitude of waves", least=0.0
    )
    drift: float = of_waves(
        0.01,
        "standard deviation of the change of waves' frequency from step to "
        "step, relative to it",
        least=0,
    )
    train_sequences: int = of_waves(3072, "waves of the training split")
    validation_sequences: int = of_waves(640, "waves of the validation split")
    test_sequences: int = of_waves(500, "waves of the test split")
    test_forecasts: int = of_waves(20, "consecutive forecasts of a test wave")
    train_steps: int = of_one(3092, "training split of one-wave, in time steps")
    validation_steps: int = of_one(
        660, "validation split of one-wave, in time steps"
    )
    test_steps: int = of_one(1020, "test split of one-wave, in time steps")

    def __post_init__(self) -> None:
        check(self)
        for low, high in (
            ("shortest_period", "longest_period"),
            ("smallest_amplitude", "largest_amplitude"),
        ):
            if getattr(self, low) > getattr(self, high):
                raise SpecError(
                    f"{low} {getattr(self, low)} is more than "
                    f"{high} {getattr(self, high)}"
                )
        for part in PARTS:
            steps = getattr(self, f"{part}_steps")
            if steps <= self.window and self.dataset == ONE:
                raise SpecError(
                    f"{part}_steps must be more than window {self.window}, "
                    f"not {steps}"
                )


def load(data: WaveData, seed: int) -> Dataset:
    """Windows x (N, T, 1) of waves that follow from the seed; y (N, 1).

    Where targets at every step are learned, y of training is (N, T, 1).
    """
    rng = np.random.default_rng([seed, 3])
    draw = one_wave if data.dataset == ONE else many_waves
    waves, metadata = draw(data, rng)
    splits, arrays = {}, {}
    for part, values in waves.items():
        windows = sliding_window_view(values, data.window + 1, axis=2)
        noisy, clean = windows.reshape(2, -1, data.window + 1)  # (N, T + 1)
        every = data.targets == "every" and part == "train"
        y = noisy[:, 1:, None] if every else noisy[:, -1:]
        splits[part] = Split(noisy[:, :-1, None].copy(), y.copy(), None)
        arrays[f"clean_{part}"] = clean[:, -1:].copy()
    return Dataset(
        *Splits(**splits),
        input_size=1,
        output_size=1,
        metadata={**metadata, "noise": data.noise},
        arrays=arrays,
        model="sequence_forecaster" if data.targets == "every" else "",
    )


Waves = tuple[dict[str, np.ndarray], dict[str, Any]]
"""Split -> waves (2, count, steps), noisy and clean; and what they are."""


def many_waves(data: WaveData, rng: np.random.Generator) -> Waves:
    """Each with its own period, amplitude, and phase; its frequency drifts.

    Periods are drawn evenly on a logarithmic scale. The logarithm of the
    frequency is a random walk, so that each window is as hard as the next.
    """
    waves = {}
    for part in PARTS:
        forecasts = data.test_forecasts if part == "test" else 1
        waves_of = getattr(data, f"{part}_sequences")
        draw = partial(rng.uniform, size=(waves_of, 1))
        log_periods = draw(*np.log([data.shortest_period, data.longest_period]))
        amplitudes = draw(data.smallest_amplitude, data.largest_amplitude)
        steps = rng.standard_normal((waves_of, data.window + forecasts))
        walks = np.cumsum(data.drift * steps, axis=1)
        cycles = np.cumsum(np.exp(walks - log_periods), axis=1) + draw(0.0, 1.0)
        clean = amplitudes * np.sin(2.0 * np.pi * cycles)
        waves[part] = with_noise(clean, data, rng)
    names = ("shortest_period", "longest_period", "drift")
    metadata = {name: getattr(data, name) for name in names}
    return waves, {**metadata, "test_forecasts": data.test_forecasts}


def one_wave(data: WaveData, rng: np.random.Generator) -> Waves:
    """One wave of amplitude 1, whose splits are consecutive stretches."""
    period = rng.uniform(data.shortest_period, data.longest_period)
    phase = rng.uniform(0.0, 2.0 * np.pi)
    ends = np.cumsum([getattr(data, f"{part}_steps") for part in PARTS])
    clean = np.sin(2.0 * np.pi * np.arange(ends[-1]) / period + phase)
    stretches = np.split(with_noise(clean[None], data, rng), ends[:-1], axis=2)
    waves = dict(zip(PARTS, stretches, strict=True))
    return waves, {"period": period, "phase": phase}


def with_noise(
    clean: np.ndarray, data: WaveData, rng: np.random.Generator
) -> np.ndarray:
    """Waves (2, count, steps), noisy and clean, of clean ones."""
    noise = data.noise * rng.standard_normal(clean.shape)
    return np.stack([clean + noise, clean]).astype(np.float32)

"""Exercise 1.3: windows of a series."""

import numpy as np

from shared.exercises.draws import Generator, normal
from shared.exercises.exercise import Exercise, Mistake
from shared.specs import Array


def windows(series: Array, size: int) -> tuple[Array, Array]:
    count = len(series) - size
    x = np.stack([series[i : i + size] for i in range(count)])
    y = series[size : size + count]
    return x[:, :, None], y[:, None]


def draw_windows(rng: Generator) -> tuple:
    return normal(rng, 12), int(rng.integers(3, 6))


WINDOWS = Exercise(
    number="1.3",
    level=1,
    title="Windows of a series",
    statement="""\
Cut a series into training examples: every window of `size` consecutive values,
from the first on, with the value that follows it as its target. One feature:
the last axis of x has size 1.""",
    arguments={
        "series": "(N) values",
        "size": "number of values in a window, an int",
    },
    returns={
        "x": "(M, T, 1) windows, M = N - size, T = size",
        "y": "(M, 1) the value after each window",
    },
    reference=windows,
    draw=draw_windows,
    mistakes=(
        Mistake(
            "target in its window: y is the last value of x, not the next one",
            "series[size : size + count]",
            "series[size - 1 : size - 1 + count]",
        ),
        Mistake(
            "last window lost: there are N - size windows",
            "len(series) - size",
            "len(series) - size - 1",
        ),
        Mistake(
            "no feature axis: x is (M, T), not (M, T, 1)",
            "x[:, :, None]",
            "x",
        ),
        Mistake(
            "windows reversed: the latest value comes first",
            "x[:, :, None]",
            "x[:, ::-1, None]",
        ),
    ),
    hints=(
        "The target of the window that begins at i is series[i + size].",
        "The last window begins at N - size - 1; add the last axis at the end.",
    ),
)

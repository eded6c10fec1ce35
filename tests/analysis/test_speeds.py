"""Ratios of step times, and rows that were timed under load."""

import math

import pytest
from factories import records as made

from comparisons.analysis.framework_findings import compare_speeds
from comparisons.analysis.notes import notes
from comparisons.analysis.results import texts
from comparisons.analysis.speed.disturbances import disturbances
from comparisons.analysis.speed.ratios import ratios, ratios_text

PAIR = [("fast", "slow")]


def test_a_ratio_has_an_interval_over_rounds():
    """Worked out by hand: logarithms 0.6, 0.7, 0.8; t of 2 degrees 4.303."""
    times = {
        "fast": dict.fromkeys(range(3), 1.0),
        "slow": {n: math.exp(0.6 + 0.1 * n) for n in range(3)},
    }
    (found,) = ratios(times, PAIR)
    margin = 4.302653 * 0.1 / math.sqrt(3)
    assert found.value == pytest.approx(math.exp(0.7))
    assert found.low == pytest.approx(math.exp(0.7 - margin), rel=1e-5)
    assert found.high == pytest.approx(math.exp(0.7 + margin), rel=1e-5)
    assert found.settled
    assert ratios_text([found], ["Keras"]) == (
        "2.0 times as fast as Keras (95 % CI 1.6 to 2.6; 3 rounds)"
    )


def test_a_ratio_that_chance_explains_is_not_settled():
    times = {
        "fast": dict.fromkeys(range(3), 1.0),
        "slow": {0: 1.2, 1: 0.9, 2: 1.1},
    }
    (found,) = ratios(times, PAIR)
    assert not found.settled
    assert found.low < 1 < found.high
    assert ", not settled, p = 0.5" in ratios_text([found], ["Keras"])


def test_only_shared_rounds_make_a_ratio():
    times = {"fast": {0: 1.0, 1: 9.0}, "slow": {0: 12.0, 2: 9.0}}
    (found,) = ratios(times, PAIR)
    assert ratios_text([found], ["JAX"]) == (
        "12 times as fast as JAX (one round, no interval)"
    )
    assert ratios({"fast": {0: 1.0}, "slow": {1: 2.0}}, PAIR) == []


def epochs(*seconds):
    return [
        {"epoch": n, "loss": 1.0, "seconds": s, "validation": 0.2}
        for n, s in enumerate(seconds)
    ]


def summary_of(*rows):
    """Framework, cell, and the epochs of each seed of a row."""
    return made.summarized(
        [
            made.run(framework, cell, seed, epochs=epochs(*seconds))
            for framework, cell, *runs in rows
            for seed, seconds in enumerate(runs)
        ]
    )


QUIET = ("jax", "gru", (2.0, 1.0, 1.01, 1.02), (2.0, 1.0, 1.0, 1.0))


@pytest.mark.parametrize(
    ("row", "text"),
    [
        (((2, 1, 1, 1), (2, 2, 2, 2)), "slowest round took 2.0 times"),
        (((2, 1, 1, 1.4, 1.4, 1.2),), "of its epochs spans 33%"),
        (((32, 1, 1), (32, 1, 1)), "31 s more than the others, which counts"),
    ],
)
def test_a_row_that_was_timed_under_load_says_so(row, text):
    summary = summary_of(QUIET, ("jax", "lstm", *row))
    found = disturbances(summary)
    assert set(found) == {("jax", "lstm")}
    assert text in found["jax", "lstm"]
    assert any(n.startswith("warning: JAX LSTM: ") for n in notes(summary))
    gru, lstm = texts(summary)["ms/step (IQR)"]
    assert (gru[-1], lstm[-1]) == (")", "!")
    speed = [found.text for found in compare_speeds(summary)]
    assert speed[0].endswith(" Measured under load: LSTM.")


def test_usual_times_are_not_called_disturbed():
    assert disturbances(summary_of(QUIET)) == {}
    few = summary_of(("jax", "gru", (2.0, 1.0, 1.25)))
    assert disturbances(few) == {}
    slow_compiler = summary_of(QUIET, ("keras", "gru", (32, 1, 1)))
    assert disturbances(slow_compiler) == {}

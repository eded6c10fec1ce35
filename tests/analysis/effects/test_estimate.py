"""Variances, intervals, and tests of differences, against other ways."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import stats

from comparisons.analysis.effects.bootstrap import (
    RESAMPLES,
    pooled,
    resampled,
    weights,
)
from comparisons.analysis.effects.estimate import Difference, difference
from shared.task.examples import Examples

RNG = np.random.default_rng(3)


def statistics(values):
    return np.column_stack([values, np.ones(len(values))])


def by_seed(values):
    """Differences by seed and on resamples from values (S, N)."""
    draws = resampled("mse", [statistics(v) for v in values])
    return difference(values.mean(axis=1), draws, values.shape[1])


def test_seeds_alone_are_the_paired_t_test():
    scores = np.array([0.3, -0.1, 0.4, 0.2])
    found = difference(scores, None, 0)
    expected = stats.ttest_1samp(scores, 0.0)
    assert found.p() == pytest.approx(expected.pvalue, rel=1e-6)
    low, high = expected.confidence_interval(0.95)
    assert found.interval(0.05) == pytest.approx((low, high))


def test_examples_alone_are_nearly_the_t_test_over_them():
    values = RNG.normal(0.1, 1.0, (1, 200))
    found = by_seed(values)
    expected = stats.ttest_1samp(values[0], 0.0)
    error = expected.statistic and values.mean() / expected.statistic
    # A standard error from 2,000 resamples is known to 1.6 %.
    assert found.error == pytest.approx(error, rel=0.06)
    assert found.seeds == 1 and found.of_seeds == 0.0


def test_seeds_and_examples_are_distinguished():
    """What seeds share varies with the examples, the rest with the seed."""
    common = RNG.normal(0.0, 2.0, 300)
    runs = RNG.normal(0.0, 0.3, (40, 1)) + common
    found = by_seed(runs)
    assert found.of_examples == pytest.approx(4.0 / 300, rel=0.25)
    assert found.of_seeds == pytest.approx(0.09 / 40, rel=0.7)
    own = by_seed(RNG.normal(0.0, 2.0, (4, 300)))
    assert own.of_examples < 0.1 * found.of_examples


def test_an_interval_is_never_shorter_than_that_over_seeds():
    for of_examples in (0.0, 0.01, 1.0, 100.0):
        found = Difference(0.0, 1.0, of_examples, 3, 50)
        half = stats.t.ppf(0.975, 2)
        assert found.interval(0.05)[1] >= half * (1 - 1e-9)


def test_a_p_value_is_that_of_its_interval():
    found = Difference(1.2, 0.09, 0.16, 4, 60)
    p = found.p()
    low, _ = found.interval(p)
    assert 0.0 < p < 1.0 and low == pytest.approx(0.0, abs=1e-6)


def test_equivalence_is_an_interval_of_90_percent_within_the_margin():
    found = Difference(0.2, 0.01, 0.02, 5, 80)
    inner = max(map(abs, found.interval(0.10)))
    assert found.p_equivalence(1.001 * inner) < 0.05
    assert found.p_equivalence(0.999 * inner) > 0.05
    assert found.p_equivalence(0.1) == 1.0


def test_without_chance_there_is_no_test():
    found = difference(np.array([0.4]), None, 0)
    assert not found.known
    assert all(map(math.isnan, (found.p(), *found.interval(0.05))))
    assert math.isnan(found.p_equivalence(9.0))


def test_equal_and_constant_differences():
    assert difference(np.zeros(3), None, 0).p() == 1.0
    assert difference(np.full(3, 0.5), None, 0).p() < 1e-12
    same = difference(np.zeros(1), np.zeros((9, 1)), 50)
    assert same.p() == 1.0 and same.p_equivalence(0.01) < 1e-12


def test_the_seeds_needed_settle_it_in_four_of_five_repeats():
    found = Difference(1.0, 1.0 / 3, 0.0, 3)
    needed = found.seeds_needed(0.05)
    assert needed == 10  # power of a t-test: 0.80 with ten pairs, d = 1
    draws = RNG.normal(1.0, 1.0, (4000, needed))
    p = stats.ttest_1samp(draws, 0.0, axis=1).pvalue
    assert 0.74 < (p < 0.05).mean() < 0.86


def test_no_number_of_seeds_makes_up_for_few_examples():
    assert Difference(1.0, 0.3, 1.0, 3, 50).seeds_needed(0.05) is None
    assert Difference(1.0, 0.0, 0.1, 1, 50).seeds_needed(0.05) is None


def test_resamples_are_the_same_for_all_and_each_time():
    first = weights(7)
    weights.cache_clear()
    assert np.array_equal(weights(7), first)
    assert first.shape == (RESAMPLES, 7)
    assert (first.sum(axis=1) == 7).all()
    one = statistics(RNG.normal(size=30))
    draws = resampled("mse", [one, one])
    assert np.array_equal(draws[:, 0], draws[:, 1])


def test_dependent_examples_are_resampled_in_blocks():
    values = statistics(np.repeat(RNG.normal(size=100), 100))
    alone = pooled(Examples(values, "windows", dependent=False))
    blocks = pooled(Examples(values, "windows", dependent=True))
    assert (len(alone), len(blocks)) == (2048, 100)
    assert blocks.sum(axis=0) == pytest.approx(values.sum(axis=0))
    assert (blocks[:, 1] == 100).all()

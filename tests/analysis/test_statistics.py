"""Tests and their correction, against values worked by hand."""

import math

import numpy as np
import pytest
from scipy import stats

from comparisons.analysis.statistics import (
    LEVEL,
    MANY,
    NEGLIGIBLE,
    bootstrap_interval,
    compare_pairs,
    holm,
    mean,
    paired_p,
    quartiles,
    spread,
)


def by_seed(*values):
    return dict(enumerate(values))


def test_paired_p_agrees_with_scipy_stats():
    rng = np.random.default_rng(0)
    for number in (2, 3, 10, 50):
        first, second = rng.normal(size=(2, number))
        expected = stats.ttest_rel(first, second).pvalue
        assert paired_p(first, second) == pytest.approx(expected, rel=1e-9)


def test_paired_p_is_the_t_test_of_the_differences():
    # Differences 1, 2, 3: t = 2 √3, and with two degrees of freedom
    # p = 1 - t / √(t² + 2) = 1 - √(12 / 14).
    expected = 1.0 - math.sqrt(12.0 / 14.0)
    assert paired_p([2, 4, 6], [1, 2, 3]) == pytest.approx(expected, rel=1e-12)
    assert paired_p([1, 2, 3], [2, 4, 6]) == pytest.approx(expected, rel=1e-12)


def test_two_pairs_have_one_degree_of_freedom():
    # Differences 1, 3: t = 2, and p = 1 - 2 atan(t) / π.
    expected = 1.0 - 2.0 * math.atan(2.0) / math.pi
    assert paired_p([1, 3], [0, 0]) == pytest.approx(expected, rel=1e-12)


def test_pairing_detects_what_variance_between_seeds_hides():
    first, second = [1.0, 50.0, 900.0], [2.01, 51.0, 900.99]
    assert paired_p(first, second) < 1e-4


def test_differences_without_variance():
    assert paired_p([1.0, 2.0], [1.0, 2.0]) == 1.0
    assert paired_p([1.0, 2.0], [2.0, 3.0]) == 0.0
    # t = √3 · 1e6, and p = 1 - t / √(t² + 2), nearly 1 / t².
    close = paired_p([1.0, 1.0 + 1e-6, 1.0 - 1e-6], [0.0] * 3)
    assert close == pytest.approx(1e-12 / 3, rel=1e-3, abs=0)


def test_one_seed_allows_no_test():
    assert math.isnan(paired_p([1.0], [2.0]))
    (found,) = compare_pairs({"a": by_seed(1.0), "b": by_seed(9.0)})
    assert math.isnan(found.p)
    assert not found.differ


@pytest.mark.parametrize(
    ("given", "adjusted"),
    [
        # 3 · 0.01; 2 · 0.03; 1 · 0.04, raised to the one before.
        ([0.01, 0.04, 0.03], [0.03, 0.06, 0.06]),
        # 4 · 0.005; 3 · 0.01; 2 · 0.02; 1 · 0.2.
        ([0.2, 0.01, 0.005, 0.02], [0.2, 0.03, 0.02, 0.04]),
        ([0.5, 0.6], [1.0, 1.0]),
        ([0.7, 0.9], [1.0, 1.0]),
        ([0.02], [0.02]),
        ([], []),
    ],
)
def test_holm_by_hand(given, adjusted):
    assert holm(given) == pytest.approx(adjusted, rel=1e-12)


def test_holm_counts_only_the_tests_performed():
    found = holm([math.nan, 0.01, 0.02])
    assert math.isnan(found[0])
    assert found[1:] == pytest.approx([0.02, 0.02])


def test_the_family_of_all_pairs_is_corrected_together():
    samples = {
        "a": by_seed(0.0, 0.0, 0.0),
        "b": by_seed(1.0, 2.0, 3.0),
        "c": by_seed(100.0, 200.1, 300.2),
    }
    found = {(c.first, c.second): c.p for c in compare_pairs(samples)}
    raw = {
        (a, b): paired_p(list(samples[a].values()), list(samples[b].values()))
        for a, b in found
    }
    assert list(found) == [("a", "b"), ("a", "c"), ("b", "c")]
    assert list(found.values()) == holm(list(raw.values()))
    assert max(found.values()) > max(raw.values())


def test_pairs_use_the_seeds_that_both_have():
    samples = {"a": by_seed(1.0, 2.0, 3.0), "b": {1: 4.0, 2: 6.0, 7: 99.0}}
    (found,) = compare_pairs(samples)
    assert (found.first_mean, found.second_mean) == (2.5, 5.0)
    assert found.p == pytest.approx(paired_p([2.0, 3.0], [4.0, 6.0]))


def test_a_tie_has_no_winner():
    samples = {"a": by_seed(1.0, 3.0, 2.0), "b": by_seed(2.0, 1.0, 3.0)}
    (found,) = compare_pairs(samples)
    assert found.p > LEVEL
    assert not found.differ


def test_a_significant_but_negligible_difference_is_not_named():
    for factor, named in ((0.5, False), (2.0, True)):
        shift = factor * NEGLIGIBLE
        samples = {"a": by_seed(1, 1, 1), "b": by_seed(*[1 + shift] * 3)}
        (found,) = compare_pairs(samples)
        assert found.p < LEVEL
        assert found.differ is named


def test_mean_spread_and_quartiles_by_hand():
    assert mean([1, 2, 6]) == 3.0
    assert spread([1, 2, 6]) == pytest.approx(math.sqrt(7.0))
    assert quartiles([1, 2, 3, 4, 10]) == (3.0, 2.0)
    assert math.isnan(mean([]))
    assert math.isnan(spread([5.0]))
    assert all(map(math.isnan, quartiles([])))
    middle, width = quartiles([5.0])
    assert middle == 5.0 and math.isnan(width)


def test_an_interval_is_that_of_the_documented_resamples():
    """Of ten values whose resamples have many means."""
    values = np.array([1, 2, 4, 8, 16, 17, 19, 23, 31, 47])
    drawn = np.random.default_rng(0).integers(0, 10, (9999, 10))
    means = np.sort([values[rows].mean() for rows in drawn])
    # Ranks 0 to 9998: the percentile q has rank 99.98 q.
    low, high = bootstrap_interval(values)
    assert means[249] <= low <= means[250] < means[350]
    assert means[9648] < means[9748] <= high <= means[9749]
    assert bootstrap_interval([1.0, 3.0]) == (1.0, 3.0)


def test_the_interval_of_many_values_is_that_of_a_normal_distribution():
    values = [float(n % 3) for n in range(MANY + 1)]
    error = np.std(values, ddof=1) / math.sqrt(MANY + 1)
    expected = stats.norm.interval(0.95, np.mean(values), error)
    assert bootstrap_interval(values) == pytest.approx(expected, rel=1e-6)
    # Of as many, resamples are drawn: near it, and not the same.
    found = bootstrap_interval(values[:MANY])
    assert found == pytest.approx(expected, abs=0.2 * error)
    middle = np.mean(values[:MANY])
    assert middle - found[0] != pytest.approx(found[1] - middle, rel=1e-9)

"""The phrases of findings."""

import math

import pytest

from comparisons.analysis.statistics import PairedTest
from comparisons.analysis.wording import (
    Finding,
    listed,
    not_tested,
    ordered,
    p_text,
)
from comparisons.analysis.wording import (
    tested as p_and_seeds,
)


@pytest.mark.parametrize(
    ("names", "text"),
    [
        ("a", "a"),
        ("ab", "a and b"),
        ("abc", "a, b, and c"),
        ("abcd", "a, b, c, and d"),
    ],
)
def test_names_are_listed_with_commas_from_three_on(names, text):
    assert listed(names) == text


@pytest.mark.parametrize(
    ("p", "text"),
    [
        (0.0009999, "p < 0.001"),
        (0.001, "p = 0.001"),
        (0.0456, "p = 0.046"),
        (1.0, "p = 1"),
    ],
)
def test_small_p_values_are_a_bound(p, text):
    assert p_text(p) == text


def test_a_test_is_shown_with_its_seeds():
    assert (
        p_and_seeds(PairedTest("a", "b", 1, 2, 0.02, 5)) == "p = 0.02, 5 seeds"
    )


@pytest.mark.parametrize(
    ("seeds", "words"),
    [
        ((1, 1), "One seed"),
        ((1, 0), "Fewer than two shared seeds"),
        ((0, 0), "Fewer than two shared seeds"),
    ],
)
def test_too_few_seeds_are_stated(seeds, words):
    tests = [PairedTest("a", "b", 1, 2, math.nan, n) for n in seeds]
    assert not_tested(tests, "RMSE", "cells") == (
        f"{words}: differences in RMSE between cells are not tested."
    )


@pytest.mark.parametrize(
    ("means", "better", "names"),
    [
        ((1, 2), "lower", ("a", "b")),
        ((2, 1), "lower", ("b", "a")),
        ((1, 2), "higher", ("b", "a")),
        ((2, 1), "higher", ("a", "b")),
    ],
)
def test_the_better_name_is_first(means, better, names):
    assert ordered(PairedTest("a", "b", *means, 0.01), better) == names


def test_a_finding_without_a_test_claims_nothing():
    found = Finding("noise_floor", "any")
    assert (found.verdict, found.names) == ("", ())
    assert math.isnan(found.p)

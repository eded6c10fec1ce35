"""The words of an effect, in every case that it can be."""

from dataclasses import replace
from types import SimpleNamespace

import pytest

from comparisons.analysis.effects.effect import BOTH, EXAMPLES, NONE, Effect
from comparisons.analysis.effects.headline import outcome, times
from comparisons.analysis.effects.text import (
    conclusion,
    difference,
    verdict_of,
)
from comparisons.analysis.wording import BETTER, OPEN, TIE, WORSE

EFFECT = Effect(
    *("gru", "rnn", "accuracy", 0.827, 0.817, 0.010),
    low=-0.002,
    high=0.022,
    p=0.08,
    seeds=3,
    examples=2000,
    unit="test names",
    chance=BOTH,
    margin=0.005,
)
"""Tested, not settled."""

ONE_RUN = {"chance": EXAMPLES, "seeds": 1}
SETTLED = {"settled": True, "low": 0.002, "p": 0.01}
UNTESTED = {"p": float("nan"), "low": float("nan"), "chance": NONE}


@pytest.mark.parametrize(
    ("changes", "verdict", "words"),
    [
        ({}, OPEN, "not settled by 3 seeds"),
        ({"settled": True}, BETTER, "settled by 3 seeds"),
        ({"settled": True} | ONE_RUN, BETTER, "settled for this training run"),
        (ONE_RUN, OPEN, "not settled for this training run"),
        ({"equivalent": True}, TIE, "a tie"),
        ({"settled": True, "equivalent": True}, BETTER, "settled by 3 seeds"),
        ({"settled": True, "difference": -0.01}, WORSE, "settled by 3 seeds"),
        (UNTESTED, BETTER, "3 seeds, no test"),
        (UNTESTED | {"seeds": 1}, BETTER, "one seed, no test"),
        (UNTESTED | {"difference": 0.0}, WORSE, "3 seeds, no test"),
        ({"settled": True, "seeds": 1}, BETTER, "settled by one seed"),
    ],
)
def test_an_outcome_is_a_tie_settled_or_not(changes, verdict, words):
    effect = replace(EFFECT, **changes)
    assert verdict_of(effect) == verdict
    assert outcome(effect) == words


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, "not settled by 3 seeds (p = 0.08)"),
        (
            {"seeds_needed": 1200},
            "not settled by 3 seeds (p = 0.08); 1,200 seeds would settle a "
            "difference of this size",
        ),
        (
            {"low": 0.001},
            "not settled by 3 seeds, all comparisons considered (p = 0.08)",
        ),
        (
            {"low": -0.02, "high": -0.001},
            "not settled by 3 seeds, all comparisons considered (p = 0.08)",
        ),
        ({"low": 0.0}, "not settled by 3 seeds (p = 0.08)"),
        ({"high": 0.0}, "not settled by 3 seeds (p = 0.08)"),
        (SETTLED, "settled by 3 seeds (p = 0.01)"),
        (
            SETTLED | {"equivalent": True},
            "settled by 3 seeds (p = 0.01), yet within 0.5 points",
        ),
        (
            {"equivalent": True},
            "a tie within 0.5 points (two one-sided tests)",
        ),
        (
            {"equivalent": True} | ONE_RUN,
            "a tie within 0.5 points (two one-sided tests, for this training "
            "run)",
        ),
        (SETTLED | ONE_RUN, "settled for this training run (p = 0.01)"),
    ],
)
def test_a_conclusion_says_what_is_settled_by_what(changes, words):
    assert conclusion(replace(EFFECT, **changes)) == words


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        (
            {},
            "GRU reaches 82.7 % accuracy, 1.0 points more than RNN (95 % CI "
            "−0.2 to 2.2; 3 seeds × 2,000 test names)",
        ),
        (
            {"first_score": 0.807, "difference": -0.010},
            "GRU reaches 80.7 % accuracy, 1.0 points less than RNN (95 % CI "
            "−0.2 to 2.2; 3 seeds × 2,000 test names)",
        ),
        (
            {"second_score": 0.827, "examples": 0, "seeds": 1},
            "GRU and RNN reach 82.7 % accuracy (95 % CI of the difference "
            "−0.2 to 2.2; 1 seed)",
        ),
    ],
)
def test_a_difference_names_scores_size_and_evidence(changes, words):
    assert difference(replace(EFFECT, **changes)) == words


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ([1.06, 1.94], "1.1 to 1.9 times"),
        ([1.049, 1.94], "1.05 to 1.94 times"),
        ([1.05, 1.94], "1.1 to 1.9 times"),
        ([2.2], "2.2 times"),
        ([2.21, 2.24], "2.2 times"),
    ],
)
def test_a_ratio_near_one_has_a_digit_more(values, words):
    assert times(SimpleNamespace(value=value) for value in values) == words

"""The words of an effect: what was reached, by how much, and how sure."""

import shlex

from comparisons.analysis.effects.effect import EXAMPLES, Effect
from comparisons.analysis.summary import Summary
from comparisons.analysis.wording import (
    BETTER,
    OPEN,
    TIE,
    WORSE,
    listed,
    p_text,
)
from shared.exhibits.names import cell_name, score_phrase, score_text

ENOUGH = 5
"""Seeds that are proposed where one is no estimate of chance."""

ROWS = {"--frameworks": "frameworks", "--cells": "cells"}
"""Flag that chooses rows -> the attribute of a summary that has them all."""


def verdict_of(effect: Effect) -> str:
    """Of the first; without a test only which score is better."""
    if effect.tested and not effect.settled:
        return TIE if effect.equivalent else OPEN
    return BETTER if effect.difference > 0 else WORSE


def reached(metric: str, score: float, *cells: str) -> str:
    """GRU reaches 82.7 % accuracy; GRU and LSTM reach an RMSE of 0.108."""
    verb = "reaches" if len(cells) == 1 else "reach"
    names = listed(map(cell_name, cells))
    return f"{names} {verb} {score_phrase(metric, score)}"


def same_score(effect: Effect) -> bool:
    """Whether both scores are shown as the same number."""
    first, second = (
        score_text(effect.metric, score)
        for score in (effect.first_score, effect.second_score)
    )
    return first == second


def difference(effect: Effect) -> str:
    """A tested effect and its evidence.

    GRU reaches 82.7 % accuracy, 1.0 points more than RNN (95 % CI −0.2 to 2.2;
    3 seeds); GRU and LSTM reach 82.7 % accuracy (95 % CI of the difference …).
    """
    name, score = effect.metric, effect.first_score
    shown = f"{effect.interval}; {effect.evidence}"
    if same_score(effect):
        both = reached(name, score, *effect.names)
        return f"{both} (95 % CI of the difference {shown})"
    more = effect.first_score >= effect.second_score
    return (
        f"{reached(name, score, effect.first)}, "
        f"{effect.in_unit(effect.difference)} {'more' if more else 'less'} "
        f"than {cell_name(effect.second)} (95 % CI {shown})"
    )


def conclusion(effect: Effect) -> str:
    """Whether the difference is settled, and by what it would be."""
    one = effect.chance == EXAMPLES
    runs = "for this training run" if one else f"by {effect.seeds} seeds"
    p = p_text(effect.p)
    margin = effect.in_unit(effect.margin)
    if effect.settled:
        small = f", yet within {margin}" if effect.equivalent else ""
        return f"settled {runs} ({p}){small}"
    if effect.equivalent:
        tested = "two one-sided tests" + ", for this training run" * one
        return f"a tie within {margin} ({tested})"
    text = f"not settled {runs} ({p})"
    if effect.low > 0.0 or effect.high < 0.0:
        text = f"not settled {runs}, all comparisons considered ({p})"
    if effect.seeds_needed is None:
        return text
    return (
        f"{text}; {effect.seeds_needed:,} seeds would settle a difference of "
        "this size"
    )


def how_to_measure(summary: Summary) -> str:
    """The command whose records give intervals."""
    run = summary.finished[0]
    kept, dropped = [], False
    for word in shlex.split(run.command) or ["compare.py"]:
        if word.startswith("--"):
            dropped = word.partition("=")[0] in ("--seeds", *ROWS)
        if not dropped:
            kept.append(word)
    for flag, names in ROWS.items():
        kept += [flag, *getattr(summary, names)]
    command = shlex.join([*kept, "--seeds", str(ENOUGH)])
    return f"{ENOUGH} seeds give one: {command}"

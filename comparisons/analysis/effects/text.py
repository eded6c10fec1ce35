"""The words of an effect: what was reached, by how much, and how sure."""

import shlex

from comparisons.analysis.effects.effect import EXAMPLES, Effect
from comparisons.analysis.summary import Summary
from comparisons.analysis.wording import BETTER, OPEN, TIE, WORSE, p_text
from shared.exhibits.names import cell_name, metric, metric_name, score_text

ENOUGH = 5
"""Seeds that are proposed where one tells nothing of chance."""

ROWS = {"--frameworks": "frameworks", "--cells": "cells"}
"""Flag that chooses rows -> the attribute of a summary that has them all."""


def verdict_of(effect: Effect) -> str:
    """Of the first; without a test only which score is better."""
    if effect.tested and not effect.settled:
        return TIE if effect.equivalent else OPEN
    return BETTER if effect.difference > 0 else WORSE


def reached(effect: Effect) -> str:
    """GRU reaches 82.7 % accuracy; GRU reaches RMSE 0.108."""
    score = score_text(effect.metric, effect.first_score)
    name = metric_name(effect.metric)
    percent = bool(metric(effect.metric).unit)
    shown = f"{score} {name}" if percent else f"{name} {score}"
    return f"{cell_name(effect.first)} reaches {shown}"


def advantage(effect: Effect) -> str:
    """1.0 points more than RNN (95 % CI −0.2 to 2.2; 3 seeds)."""
    more = effect.first_score >= effect.second_score
    text = (
        f"{effect.in_unit(effect.difference)} {'more' if more else 'less'} "
        f"than {cell_name(effect.second)}"
    )
    if not effect.tested:
        return f"{text} ({effect.evidence}, no interval)"
    return f"{text} (95 % CI {effect.interval}; {effect.evidence})"


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
        return f"a tie within {margin} {runs}"
    if effect.seeds_needed is None:
        return f"not settled {runs} ({p})"
    return (
        f"not settled {runs} ({p}); {effect.seeds_needed:,} seeds would settle "
        "a difference of this size"
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

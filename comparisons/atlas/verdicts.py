"""Which cell to take: wins by pair, and a decision for each task."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from comparisons.analysis.effects.effect import Effect
from comparisons.analysis.wording import listed
from shared.exhibits.names import cell_name
from shared.specs import TABLE

Effects = Mapping[str, Sequence[Effect]]
"""Task -> its pairs of cells."""


@dataclass(frozen=True)
class Wins:
    """Tasks by what a pair of cells shows in them.

    better, worse: the difference is significant; tie: it is within the margin;
    open: neither. higher: tasks whose mean score is the better one.
    """

    first: str
    second: str
    better: list[str]
    worse: list[str]
    tie: list[str]
    open: list[str]
    higher: int

    @property
    def count(self) -> int:
        return sum(map(len, (self.better, self.worse, self.tie, self.open)))

    @property
    def interval(self) -> tuple[float, float]:
        """95 %, of the share of tasks whose mean is better: exact binomial.

        Clopper and Pearson (1934).
        """
        from scipy.stats import binomtest

        found = binomtest(self.higher, self.count).proportion_ci(0.95)
        return float(found.low), float(found.high)


def wins_of(first: str, second: str, effects: Effects) -> Wins:
    """Of two cells, over the tasks that have a result of both."""
    places: dict[str, list[str]] = {
        name: [] for name in ("better", "worse", "tie", "open")
    }
    higher = 0
    for task, pairs in effects.items():
        for effect in pairs:
            if {first, second} != {*effect.names}:
                continue
            shown = effect if effect.first == first else effect.reversed
            higher += shown.difference > 0
            places[place_of(shown)].append(task)
    return Wins(first, second, higher=higher, **places)


def place_of(effect: Effect) -> str:
    """The field of `Wins` in which the task of an effect is counted."""
    if effect.tested and effect.settled:
        return "better" if effect.difference > 0 else "worse"
    return "tie" if effect.tested and effect.equivalent else "open"


def level_with_best(effects: Sequence[Effect]) -> list[str]:
    """The best cell, and those that are not significantly worse."""
    best = effects[0].first
    behind = [e for e in effects if e.first == best]
    return [best, *(e.second for e in behind if not (e.tested and e.settled))]


def decision(effects: Sequence[Effect], lines: pd.DataFrame) -> str:
    """What to take for a task, in words; lines: of its cells in the table."""
    level = level_with_best(effects)
    if len(level) == 1:
        return f"{cell_name(level[0])}"
    own = lines[lines["cell"].isin(level)]
    fewest = str(own.loc[own["parameters"].idxmin(), "cell"])
    fastest = str(own.loc[own["seconds"].idxmin(), "cell"])
    names = listed(map(cell_name, level))
    if fewest == fastest:
        reason = f"{cell_name(fewest)} is the smallest and the fastest"
    else:
        reason = (
            f"{cell_name(fewest)} is the smallest, {cell_name(fastest)} the "
            "fastest"
        )
    return f"not settled between {names}: {reason}"


def gated_wins(effects: Effects) -> dict[str, list[str]]:
    """Tasks by whether cells with gates are better than those without.

    "gated": one is significantly better than one without gates; "plain": one
    without gates is better than every gated one; "open": all other tasks.
    "every": those of "gated" where each gated cell is better.
    """
    found: dict[str, list[str]] = {
        kind: [] for kind in ("gated", "every", "plain", "open")
    }
    for task, pairs in effects.items():
        ahead, behind, count = 0, 0, 0
        for effect in pairs:
            first, second = (bool(TABLE[name].gates) for name in effect.names)
            if first == second:
                continue
            count += 1
            if effect.settled:
                better = first == (effect.difference > 0)
                ahead, behind = ahead + better, behind + (not better)
        plain = count and behind == count
        if count and ahead == count:
            found["every"].append(task)
        found["gated" if ahead else "plain" if plain else "open"].append(task)
    return found

"""Average ranks over tasks, and which of them chance may explain."""

import math

import pandas as pd

from comparisons.analysis.effects.effect import LEVEL

FEWEST_CELLS, FEWEST_TASKS = 3, 3
"""Of which Friedman's test says something."""


def ranks_of(table: pd.DataFrame) -> pd.DataFrame:
    """Tasks × cells: the ranks of tasks that have a result of every cell."""
    found = table.pivot(index="task", columns="cell", values="rank")
    found = found[list(dict.fromkeys(table["cell"]))].dropna()
    return found.rank(axis=1)


def is_testable(ranks: pd.DataFrame) -> bool:
    return ranks.shape[0] >= FEWEST_TASKS and ranks.shape[1] >= FEWEST_CELLS


def friedman_p(ranks: pd.DataFrame) -> float:
    """Of equal ranks of all cells (Friedman 1937); NaN of too few tasks."""
    from scipy.stats import friedmanchisquare

    if not is_testable(ranks):
        return math.nan
    return float(friedmanchisquare(*(ranks[c] for c in ranks)).pvalue)


def critical_difference(ranks: pd.DataFrame) -> float:
    """The least difference of average ranks that is significant.

    Nemenyi's test (Demšar 2006, section 3.2.2): q √(k (k + 1) / 6 N) of k cells
    and N tasks, q the quantile of the studentized range over √2.
    """
    from scipy.stats import studentized_range

    tasks, cells = ranks.shape
    q = studentized_range.ppf(1 - LEVEL, cells, math.inf) / math.sqrt(2)
    return float(q * math.sqrt(cells * (cells + 1) / (6 * tasks)))


def nemenyi(ranks: pd.DataFrame) -> pd.DataFrame:
    """Cells × cells: p-values of Nemenyi's test."""
    from scikit_posthocs import posthoc_nemenyi_friedman

    found: pd.DataFrame = posthoc_nemenyi_friedman(ranks.to_numpy())
    found.index = found.columns = ranks.columns
    return found

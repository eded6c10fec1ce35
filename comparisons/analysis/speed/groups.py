"""The rows whose step times are compared, and their ratios."""

from comparisons.analysis.frame import ROW
from comparisons.analysis.rows import Place
from comparisons.analysis.speed.ratios import Ratio, ratios
from comparisons.analysis.statistics import means
from comparisons.analysis.summary import Summary

Group = tuple[int, str]
"""A cell (1, name) whose frameworks are compared, or a framework (0, name)."""


def speed_groups(summary: Summary) -> dict[Group, list[Ratio]]:
    """Group -> the ratios of its fastest row to the others.

    All ratios of a page are one family of tests.
    """
    return summary.once("speed", lambda: _speed_groups(summary))


def _speed_groups(summary: Summary) -> dict[Group, list[Ratio]]:
    found = summary.samples(ROW, "step_ms")
    average = means(found)
    groups: dict[Group, list[tuple[Place, Place]]] = {}
    for place in (1, 0):
        for name in dict.fromkeys(row[place] for row in found):
            rows = [row for row in found if row[place] == name]
            fastest = min(rows, key=average.__getitem__)
            pairs = [(fastest, row) for row in rows if row != fastest]
            groups[place, name] = pairs
    known = ratios(found, [pair for group in groups.values() for pair in group])
    by_pair = {(ratio.first, ratio.second): ratio for ratio in known}
    measured = {
        group: [by_pair[pair] for pair in pairs if pair in by_pair]
        for group, pairs in groups.items()
    }
    return {group: found for group, found in measured.items() if found}

"""The ranks of the cells over several comparisons."""

from collections.abc import Mapping, Sequence
from statistics import fmean

from comparisons.report.blocks import Block, Lead
from comparisons.report.tables import plain
from shared.exhibits.names import cell_name


def rank_blocks(ranked: Sequence[Mapping[str, int]]) -> list[Block]:
    """Who has the best mean how often, and the mean ranks as a table.

    ranked: of each comparison, cell -> rank; those of one cell say nothing.
    """
    known = [ranks for ranks in ranked if len(ranks) > 1]
    cells: dict[str, list[int]] = {}
    for ranks in known:
        for cell, rank in ranks.items():
            cells.setdefault(cell, []).append(rank)
    if not known:
        return []
    rows = sorted(
        (
            (cell_name(cell), len(own), own.count(1), round(fmean(own), 2))
            for cell, own in cells.items()
        ),
        key=lambda row: row[-1],
    )
    counts = ", ".join(f"{name} in {first}" for name, _, first, _ in rows)
    table = plain(
        "ranks",
        "Ranks of the cells by their means, 1 the best (not tested; cells of "
        "equal means share a rank)",
        ("cell", "comparisons", "ranked first", "mean rank"),
        rows,
    )
    return [Lead(f"Best mean of {len(known)} comparisons: {counts}."), table]


def ranks_of(means: Mapping[str, float], better: str) -> dict[str, int]:
    """Cell -> 1 and how many cells have a better mean."""
    sign = 1.0 if better == "higher" else -1.0
    return {
        cell: 1 + sum(sign * other > sign * mean for other in means.values())
        for cell, mean in means.items()
    }

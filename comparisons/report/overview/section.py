"""The top of the page: the answer, four facts, and two pictures."""

from comparisons.analysis.effects.headline import against_baseline, headline
from comparisons.analysis.findings import by_cell
from comparisons.analysis.loading import Comparison
from comparisons.analysis.statistics import best_name, means
from comparisons.report.blocks import Block, Lead, Note, Row, Tiles
from comparisons.report.overview.effects import effects_figure
from comparisons.report.overview.facts import facts, passed, proved
from comparisons.report.overview.ranks import rank_blocks, ranks_of
from comparisons.report.tables import plain
from comparisons.report.tradeoff.section import cost_figure
from shared.exhibits.names import cell_name, metric_name, score_text


def overview_section(part: Comparison) -> list[Block]:
    """The headline, what was proved, four facts, and two pictures."""
    if not part.done:
        return [Note("No run has finished.")]
    pictures = (
        cost_figure(part, ("train_seconds",), "score-time"),
        effects_figure(part),
    )
    return [
        Lead(headline(part.summary)),
        Note(
            f"{proved(part.summary)} {against_baseline(part.summary)}".strip()
        ),
        Tiles(tuple(facts(part.summary))),
        Row(tuple(figure for figure in pictures if figure)),
    ]


def joint_overview(parts: list[Comparison]) -> list[Block]:
    """The ranks of the cells, and a row for each of several comparisons."""
    done = [part for part in parts if part.done]
    if len(parts) < 2 or not done:
        return []
    rows, ranks = [], []
    for part in done:
        metric = part.summary.task.metric
        cells = means(by_cell(part.summary))
        own = ranks_of(cells, part.summary.task.better)
        ranks.append(own)
        ranked = sorted(cells, key=own.__getitem__)
        best = means(part.summary.baselines)
        baseline = best_name(best, part.summary.task.better) if best else ""
        holding, known = passed(part.summary)
        rows.append(
            (
                *(part.label, metric_name(metric)),
                ", ".join(
                    f"{cell_name(c)} {score_text(metric, cells[c])}"
                    for c in ranked
                ),
                f"{baseline} {score_text(metric, best[baseline])}"
                if best
                else "-",
                f"{holding} of {known}" if known else "-",
            )
        )
    table = plain(
        "all-comparisons",
        "All comparisons: cells from the best to the worst mean",
        ("comparison", "metric", "cells", "best baseline", "checks passed"),
        rows,
    )
    return [*rank_blocks(ranks), table]

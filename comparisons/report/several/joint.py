"""Several comparisons of one task, such as with and without attention."""

from dataclasses import replace
from statistics import fmean

from comparisons.analysis.loading import Comparison
from comparisons.analysis.statistics import mean
from comparisons.analysis.sweeps.reading import scores_of, split_of
from comparisons.analysis.sweeps.sweep import VALIDATION
from comparisons.analysis.wording import listed
from comparisons.figures.colors import DASHES, cycled
from comparisons.report.blocks import Block, Cell
from comparisons.report.renderers import lines_block
from comparisons.report.run_views import UNREADABLE, exhibits
from comparisons.report.tables import plain, shown
from shared.exhibits.kinds import Lines
from shared.exhibits.names import (
    cell_name,
    framework_name,
    metric,
    metric_axis,
    scaled,
)


def of_one_task(parts: list[Comparison]) -> list[list[Comparison]]:
    """The comparisons of each task of which there are several."""
    tasks: dict[str, list[Comparison]] = {}
    for part in parts:
        tasks.setdefault(part.summary.task.name, []).append(part)
    return [same for same in tasks.values() if len(same) > 1]


def joint_lines(parts: list[Comparison]) -> list[Block]:
    """A figure of each kind of line that the comparisons of a task share."""
    return [
        block
        for same in of_one_task(parts)
        for lines in joined(same)
        for block in lines_block(f"together-{same[0].slug}", lines)
    ]


def joined(parts: list[Comparison]) -> list[Lines]:
    """Lines of one name in one figure: a color per cell, a dash per part."""
    found: dict[str, list[tuple[str, Lines]]] = {}
    for number, part in enumerate(parts):
        try:
            shown = exhibits(part.summary)
        except UNREADABLE:
            continue
        for lines in shown:
            if isinstance(lines, Lines) and lines.joint:
                series = tuple(
                    replace(
                        one,
                        name=f"{one.name}, {part.label}",
                        cell=one.cell or one.name,
                        dash=cycled(DASHES, number),
                    )
                    for one in lines.series
                )
                named = replace(lines, series=series)
                known = found.setdefault(lines.name, [])
                known.append((part.label, named))
    return [
        replace(
            known[0][1],
            title=joint_title(known),
            series=tuple(one for _, lines in known for one in lines.series),
        )
        for known in found.values()
        if len(known) > 1
    ]


def joint_title(known: list[tuple[str, Lines]]) -> str:
    """The mean of the cells that all have, at both ends of the lines."""
    first = known[0][1]
    cells = [one.cell for one in first.series]
    for _, lines in known:
        own = {one.cell for one in lines.series}
        cells = [cell for cell in cells if cell in own]
    if not cells:
        return f"{first.y_label} by {first.x_label}: no cell is in all"
    ends = []
    for label, lines in known:
        start, end = (mean_at(lines, cells, place) for place in (0, -1))
        ends.append(f"{label} {start:.1f} to {end:.1f}")
    low, high = (f"{first.series[0].x[end]:.3g}" for end in (0, -1))
    return (
        f"{first.y_label} from {low} to {high} {first.x_label}, mean of "
        f"{listed(cells)}: {'; '.join(ends)}"
    )


def mean_at(lines: Lines, cells: list[str], place: int) -> float:
    return fmean(one.y[place] for one in lines.series if one.cell in cells)


def joint_tables(parts: list[Comparison]) -> list[Block]:
    """A table for each task of which there are several comparisons."""
    return [joint_table(same) for same in of_one_task(parts)]


def joint_table(parts: list[Comparison]) -> Block:
    """The score and the step time of each row in each comparison.

    The validation score where the settings invite a choice.
    """
    task, split = parts[0].summary.task, split_of(parts)
    metric_of = task.validation_metric if split == VALIDATION else task.metric
    values: dict[tuple[str, str], dict[int, tuple[Cell, Cell]]] = {}
    form = metric(metric_of).form
    for number, part in enumerate(parts):
        scores = scores_of(part, split)
        for row in part.summary.rows:
            score = scaled(metric_of, mean(scores.get(row.place, ())))
            known = values.setdefault(row.place, {})
            step = row.step_ms_median
            known[number] = (
                Cell(shown(score, form(score)), score),
                Cell(shown(step, ".2f"), step),
            )
    prefix = f"{split} " * (split == VALIDATION)
    names = (f"{prefix}{metric_axis(metric_of)}", "ms/step")
    nothing = (None, None)
    return plain(
        f"together-{parts[0].slug}",
        f"{task.name}: all comparisons "
        "(differences between them are not tested)",
        (
            *("framework", "cell"),
            *(f"{name}: {part.label}" for name in names for part in parts),
        ),
        [
            (
                *(framework_name(framework), cell_name(cell)),
                *(
                    known.get(number, nothing)[field]
                    for field in (0, 1)
                    for number in range(len(parts))
                ),
            )
            for (framework, cell), known in values.items()
        ],
        heads=2,
    )

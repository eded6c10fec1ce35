"""The values of each complete trial, and its score."""

from comparisons.analysis.wording import listed
from comparisons.report.blocks import Block, Figure
from comparisons.report.tables import plain
from comparisons.tuning.figures.parallel import parallel_panel
from comparisons.tuning.figures.values import percent, shown
from comparisons.tuning.results import TuneResult
from shared.exhibits.names import (
    cell_name,
    metric_axis,
)


def settings(result: TuneResult) -> list[Block]:
    """Parallel coordinates of the complete trials of each cell."""
    cells = [cell for cell in result.cells if cell.best]
    if not cells:
        return []
    best = [
        f"trial {cell.best.number} of {cell_name(cell.cell)}"
        for cell in cells
        if cell.best
    ]
    names = [one.name for one in result.plan.space]
    metric = result.validation_metric
    return [
        Figure(
            "settings",
            f"Selected: {listed(best)}",
            "A line for each complete trial, from its values to its score, "
            "better ones higher and stronger; the thick line is selected.",
            tuple(parallel_panel(result, cell) for cell in cells),
            plain(
                *("settings-data", "Settings and scores of complete trials"),
                (
                    *(
                        "cell",
                        "trial",
                        *(one.label for one in result.plan.space),
                    ),
                    f"validation {metric_axis(metric)}",
                ),
                [
                    (
                        *(cell_name(t.cell), t.number),
                        *(shown(t.setting[name]) for name in names),
                        percent(metric, t.value),
                    )
                    for cell in cells
                    for t in cell.trials
                    if t.complete
                ],
                heads=2,
            ),
        )
    ]

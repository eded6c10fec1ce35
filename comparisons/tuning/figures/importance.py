"""The share of the scores that each field explains."""

from comparisons.figures.colors import color
from comparisons.report.blocks import Block, Figure, Note
from comparisons.report.plotly.axes import axes
from comparisons.report.plotly.traces import Panel, label
from comparisons.report.tables import plain
from comparisons.tuning.results import CellResult, TuneResult
from shared.exhibits.names import (
    cell_name,
)


def importance(result: TuneResult) -> list[Block]:
    """The share of the scores' variance that each field explains."""
    cells = [cell for cell in result.cells if cell.importance]
    if not cells:
        return [Note("Too few trials are complete for an importance.")]
    first = [
        f"{name.replace('_', ' ')} for {cell_name(cell.cell)} ({share:.0%})"
        for cell in cells
        for name, share in list(cell.importance.items())[:1]
    ]
    labels = [(one.name, one.label) for one in result.plan.space]
    return [
        Figure(
            "importance",
            f"The most important setting: {', '.join(first)}",
            "Functional ANOVA (Hutter et al. 2014): the share of the variance "
            "of the validation score, over the space, that a field explains "
            "by itself, as a random forest of the complete trials has it.",
            tuple(importance_panel(cell, labels) for cell in cells),
            plain(
                *("importance-data", "Importance, %"),
                ("setting", *(cell_name(cell.cell) for cell in cells)),
                [
                    (text, *(100 * c.importance.get(name, 0.0) for c in cells))
                    for name, text in labels
                ],
            ),
        )
    ]


def importance_panel(cell: CellResult, labels: list[tuple[str, str]]) -> Panel:
    layout = axes("importance, %", "")
    layout["xaxis"] |= {"range": [0, 103]}
    layout["yaxis"] |= {"autorange": "reversed", "showgrid": False}
    bars = {
        "type": "bar",
        "orientation": "h",
        "x": [100 * cell.importance.get(name, 0.0) for name, _ in labels],
        "y": [label(text) for _, text in labels],
        "marker": {"color": color(cell.cell)},
        "hovertemplate": "%{y}: %{x:.3~g} %<extra></extra>",
    }
    layout["height"] = 110 + 32 * len(labels)
    return Panel(cell_name(cell.cell), [bars], layout)

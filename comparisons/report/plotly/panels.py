"""Panels of lines, with the names of the lines at their ends."""

from collections.abc import Sequence
from typing import Any

from comparisons.figures.labels import labelled, spread
from comparisons.figures.lines import Line, Panels
from comparisons.report.plotly.axes import range_of_lines
from comparisons.report.plotly.traces import Panel, label, traces

LETTER = 7
"""Pixels of a letter of a label."""


def line_panels(
    panels: Panels, layout: dict[str, Any], **style: Any
) -> tuple[Panel, ...]:
    """The lines of each panel, with labels at their ends; style: see `traces`.

    Lines without a label are named by the legend of the figure.
    """
    return tuple(
        Panel(
            title,
            [t for line in lines for t in traces(line, **style)],
            layout | {"showlegend": False} | end_labels(lines, layout),
        )
        for title, lines in panels.items()
    )


def end_labels(lines: Sequence[Line], layout: dict[str, Any]) -> dict[str, Any]:
    """The labels right of the axes, and room for them."""
    found = labelled(lines)
    if not found:
        return {}
    ends = layout["yaxis"].get("range") or range_of_lines({"": list(lines)})
    places = spread([line.y[-1] for line in found], *ends)
    widest = max(len(line.label) for line in found)
    return {
        "margin": {"l": 10, "r": 30 + LETTER * widest, "t": 10, "b": 10},
        "annotations": [
            {
                "text": (
                    f'<span style="color:{line.color}">\u25a0</span> '
                    f"{label(line.label)}"
                ),
                "xref": "paper",
                "x": 1.0,
                "xshift": 4,
                "xanchor": "left",
                "y": place,
                "showarrow": False,
            }
            for line, place in zip(found, places, strict=True)
        ],
    }

"""Figure of the page: how large the differences between cells are."""

from comparisons.analysis.effects.effect import Effect
from comparisons.analysis.effects.families import effects
from comparisons.analysis.effects.text import conclusion
from comparisons.analysis.loading import Comparison
from comparisons.figures.colors import NEUTRAL
from comparisons.figures.messages import effects_message
from comparisons.report.blocks import Figure
from comparisons.report.plotly.axes import axes
from comparisons.report.plotly.traces import Panel, label
from comparisons.report.tables import plain
from shared.exhibits.names import cell_name, metric, metric_name

ROW_HEIGHT, AROUND = 60, 90
"""Pixels of an effect, and of what is around all of them."""


def effects_figure(part: Comparison) -> Figure | None:
    """A difference with its interval for each pair of cells, or None."""
    found = [effect for effect in effects(part.summary) if effect.tested]
    if not found:
        return None
    one = found[0]
    name = metric_name(one.metric)
    unit = metric(one.metric).unit.strip()
    shown = f"difference in {name}" + (", points" if unit == "%" else "")
    return Figure(
        name=f"{part.slug}-effects",
        title=effects_message(found),
        text=(
            f"{shown[0].upper()}{shown[1:]}, with its 95 % interval over "
            f"{one.chance} ({one.evidence}); right of zero, the first cell "
            "is better. An interval that crosses zero leaves the sign open; "
            "settled is what the tests find after Holm's correction, which "
            "the intervals are without."
        ),
        panels=(effects_panel(found, shown),),
        table=plain(
            f"{part.slug}-effects-data",
            f"Differences between cells in {name}",
            ("difference", "value", "low", "high", "p (Holm)", "conclusion"),
            [(pair(e), *in_scale(e), float(e.p), conclusion(e)) for e in found],
        ),
    )


def pair(effect: Effect) -> str:
    return f"{cell_name(effect.first)} \u2212 {cell_name(effect.second)}"


def in_scale(effect: Effect) -> list[float]:
    """The difference and the ends of its interval as they are shown."""
    scale = metric(effect.metric).scale
    return [scale * v for v in (effect.difference, effect.low, effect.high)]


def written(effect: Effect) -> str:
    """+1.0 points (−0.2 to 2.2)."""
    sign = "+" if effect.difference >= 0 else "\u2212"
    return f"{sign}{effect.in_unit(effect.difference)} ({effect.interval})"


def effects_panel(found: list[Effect], title: str) -> Panel:
    """A point with its interval for each effect, from the top down."""
    scale = metric(found[0].metric).scale
    values = [scale * effect.difference for effect in found]
    trace = {
        "type": "scatter",
        "mode": "markers+text",
        "x": values,
        "y": [label(pair(effect)) for effect in found],
        "text": list(map(written, found)),
        "textposition": "top center",
        "cliponaxis": False,
        "marker": {"size": 10, "color": NEUTRAL},
        "error_x": {
            "type": "data",
            "symmetric": False,
            "array": [scale * e.high - v for e, v in zip(found, values)],
            "arrayminus": [v - scale * e.low for e, v in zip(found, values)],
            "thickness": 3,
            "width": 0,
            "color": NEUTRAL,
        },
        "hoverinfo": "skip",
    }
    layout = axes(title, "")
    ends = [scale * end for e in found for end in (e.low, e.high)] + [0.0]
    margin = 0.12 * (max(ends) - min(ends))
    layout["xaxis"]["range"] = [min(ends) - margin, max(ends) + margin]
    layout["yaxis"] |= {
        "type": "category",
        "showgrid": False,
        "range": [len(found) - 0.5, -0.7],
    }
    layout |= {
        "height": AROUND + ROW_HEIGHT * len(found),
        "showlegend": False,
        "shapes": [
            {
                "type": "line",
                "x0": 0,
                "x1": 0,
                "yref": "paper",
                "y0": 0,
                "y1": 1,
                "line": {"color": NEUTRAL, "dash": "dot", "width": 1.5},
            }
        ],
    }
    return Panel("", [trace], layout)

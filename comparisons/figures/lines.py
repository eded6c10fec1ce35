"""The lines and quantiles that Plotly and Matplotlib both draw."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from comparisons.analysis.curves import curves_of, scored_epochs
from comparisons.analysis.frame import ROW
from comparisons.analysis.rows import Place
from comparisons.analysis.summary import Summary
from comparisons.analysis.sweeps.sweep import Sweep
from comparisons.figures.colors import DASHES, NEUTRAL, color, cycled
from shared.exhibits.names import cell_name, framework_name, scaled


@dataclass(frozen=True)
class Line:
    """A line and its range from low to high; dash: a style of Plotly.

    marks: points (x, y) that are circled; label: what is written at its end,
    "" for a line that the legend names.
    """

    name: str
    x: Sequence[float]
    y: Sequence[float]
    color: str
    dash: str = "solid"
    low: Sequence[float] = ()
    high: Sequence[float] = ()
    marker: str = ""
    marks: Sequence[tuple[float, float]] = ()
    label: str = ""


Panels = dict[str, list[Line]]
"""Title of a panel -> its lines."""


def epoch_lines(summary: Summary) -> Panels:
    """Validation metric by epoch: a panel per framework, a line per cell."""
    panels: Panels = {framework_name(f): [] for f in summary.frameworks}
    marks = scored_epochs(summary)
    for (framework, cell), curve in curves_of(summary).items():
        epochs = [float(n) for n in range(1, len(curve.mean) + 1)]
        line = Line(
            *(cell_name(cell), epochs, curve.mean, color(cell)),
            low=curve.low,
            high=curve.high,
            marks=marks.get((framework, cell), ()),
            label=cell_name(cell),
        )
        panels[framework_name(framework)].append(line)
    return panels


def learning_curves(summary: Summary) -> tuple[Panels, list[Line]]:
    """`epoch_lines`, in one panel if the frameworks are one model; a legend."""
    found = {f: lines for f, lines in epoch_lines(summary).items() if lines}
    if not summary.matched or len(found) < 2:
        return found, []
    lines = [
        replace(
            line,
            name=f"{name} {line.name}",
            dash=cycled(DASHES, number),
            label=line.label if number == 0 else "",
        )
        for number, (name, own) in enumerate(found.items())
        for line in own
    ]
    return {", ".join(found): lines}, dash_keys(found)


def dash_keys(names: Iterable[str]) -> list[Line]:
    """Entries of a legend: a dash for each name."""
    return [
        Line(name, (), (), NEUTRAL, cycled(DASHES, number))
        for number, name in enumerate(names)
    ]


def sweep_lines(sweep: Sweep) -> Panels:
    """Metric over an option: a panel per framework, colors by cell.

    Dashes are by the other options; the best baseline is in every panel.
    """
    panels: Panels = {}
    for (framework, cell, group), points in sweep.lines.items():
        y, low, high = (
            [scaled(sweep.metric, getattr(p, field)) for p in points]
            for field in ("mean", "low", "high")
        )
        line = Line(
            ", ".join(filter(None, (cell_name(cell), group))),
            [p.value for p in points],
            *(y, color(cell), cycled(DASHES, sweep.groups.index(group))),
            *(low, high, "o"),
            label="" if group else cell_name(cell),
        )
        panels.setdefault(framework_name(framework), []).append(line)
    if sweep.baseline:
        values = [scaled(sweep.metric, v) for v in sweep.baseline.values()]
        line = baseline_line(list(sweep.baseline), values)
        if sweep.groups != [""]:
            line = replace(line, label="")  # is in the legend
        for lines in panels.values():
            lines.append(line)
    return panels


def sweep_keys(sweep: Sweep) -> list[Line]:
    """Colors of cells, dashes of other options; none if lines have labels."""
    if sweep.groups == [""]:
        return []
    cells = dict.fromkeys(place[1] for place in sweep.lines)
    baseline = [baseline_line((), ())] if sweep.baseline else []
    return [
        *(Line(cell_name(cell), (), (), color(cell)) for cell in cells),
        *dash_keys(sweep.groups),
        *baseline,
    ]


def baseline_line(x: Sequence[float], y: Sequence[float]) -> Line:
    name = "best baseline"
    return Line(name, x, y, NEUTRAL, "dot", label=name)


def step_quantiles(
    summary: Summary,
) -> dict[Place, tuple[int, tuple[float, ...]]]:
    """Row -> count of timed epochs; minimum, quartiles, maximum of ms/step."""
    timed = summary.epochs.dropna(subset=["step_ms"])
    return {
        row: (len(steps), tuple(np.percentile(steps, (0, 25, 50, 75, 100))))
        for row, steps in timed.groupby(ROW, sort=False, observed=True)[
            "step_ms"
        ]
    }

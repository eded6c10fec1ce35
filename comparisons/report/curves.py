"""Section of the page: learning curves over epochs and over seconds."""

import math

from comparisons.analysis.curves import Curve, curves_of
from comparisons.analysis.loading import Comparison
from comparisons.analysis.rows import Place
from comparisons.figures.colors import DASHES, color, cycled
from comparisons.figures.curve_messages import (
    epochs_message,
    seconds_message,
)
from comparisons.figures.lines import (
    Line,
    Panels,
    baseline_line,
    dash_keys,
    learning_curves,
)
from comparisons.report.blocks import Block, Figure, Note, Table, legend_of
from comparisons.report.plotly.axes import (
    axes,
    epoch_axis,
    near,
    range_of_lines,
    score_range,
)
from comparisons.report.plotly.panels import line_panels
from comparisons.report.tables import plain
from shared.exhibits.names import (
    cell_name,
    framework_name,
    gap_text,
    metric,
    metric_axis,
    metric_name,
    row_name,
    scaled,
)

SEVERAL = (
    "means over seeds; bands: range of the seeds; circles: the epoch of each "
    "seed whose weights are scored"
)
SINGLE = "one seed; circles: the epoch whose weights are scored"

Curves = dict[Place, Curve]


def curves_section(part: Comparison) -> list[Block]:
    curves = curves_of(part.summary)
    if not curves:
        return [Note("No run has a learning curve.")]
    timed = {
        place: curve
        for place, curve in curves.items()
        if not math.isnan(curve.seconds[0])
    }
    last = [over_seconds(part, timed)] if timed else []
    return [over_epochs(part, curves), *last]


def over_epochs(part: Comparison, curves: Curves) -> Figure:
    """A line per row, all in one panel where the frameworks are one model.

    The axis grows to show the baseline, but to no more than twice its length.
    """
    task = part.summary.task
    name = metric_name(task.validation_metric)
    found, keys = learning_curves(part.summary)
    metric = task.validation_metric
    low, high = ends = range_of_lines(found, metric)
    longest = max(len(curve.mean) for curve in curves.values())
    best = scaled(task.metric, part.summary.best_baseline)
    if not task.monitor and near(best, low, high):
        ends = score_range(metric, [low, high, best])
        for lines in found.values():
            lines.append(baseline_line([1.0, float(longest)], [best, best]))
    layout = axes("epoch", metric_axis(metric), ends)
    layout["xaxis"] |= epoch_axis(longest)
    shown = SEVERAL if any(r.seeds > 1 for r in part.summary.rows) else SINGLE
    text = f"Validation {name}: {shown}."
    if keys:
        text = f"{coincidence(metric, curves)} {text}"
    return Figure(
        name=f"{part.slug}-epochs",
        title=epochs_message(part.summary),
        text=text,
        panels=line_panels(found, layout),
        legend=legend_of(keys),
        table=plain(
            f"{part.slug}-epochs-data",
            f"Validation {name} after each epoch: mean (range over seeds)",
            ("epoch", *(row_name(*place) for place in curves)),
            [
                (epoch + 1, *(at(c, epoch, metric) for c in curves.values()))
                for epoch in range(longest)
            ],
        ),
    )


def coincidence(metric: str, curves: Curves) -> str:
    """The largest difference between the curves of one cell."""
    cells: dict[str, list[Curve]] = {}
    for (_, cell), curve in curves.items():
        cells.setdefault(cell, []).append(curve)
    gaps = [
        (max(values) - min(values), cell, epoch)
        for cell, own in cells.items()
        for epoch, values in enumerate(zip(*(c.mean for c in own)), 1)
    ]
    gap, cell, epoch = max(gaps)
    scale = scaled(metric, 1.0)
    return (
        "The frameworks train one model, and their curves coincide to "
        f"{gap_text(metric, gap / scale)} ({cell_name(cell)}, epoch {epoch})."
    )


def at(curve: Curve, epoch: int, name: str) -> str:
    """The mean and the range of one epoch, if it has one."""
    if epoch >= len(curve.mean):
        return "-"
    mean, *ends = (c[epoch] for c in (curve.mean, curve.low, curve.high))
    form = metric(name).form(mean)
    low, high = (format(end, form) for end in ends)
    return format(mean, form) + (f" ({low} to {high})" if low != high else "")


def over_seconds(part: Comparison, curves: Curves) -> Figure:
    """A panel per cell, a line per framework."""
    metric = part.summary.task.validation_metric
    panels: Panels = {}
    for (framework, cell), curve in curves.items():
        line = Line(
            framework_name(framework),
            *(curve.seconds, curve.mean),
            color(cell),
            cycled(DASHES, part.frameworks.index(framework)),
            *(curve.low, curve.high),
        )
        panels.setdefault(cell_name(cell), []).append(line)
    ends = range_of_lines(panels, metric)
    layout = axes("seconds of training", metric_axis(metric), ends)
    return Figure(
        name=f"{part.slug}-seconds",
        title=seconds_message(part.summary),
        text=(
            f"Validation {metric_name(metric)}: the same curves over training "
            "time, from the end of the first epoch, which compiles; the time "
            "of validation is not included."
        ),
        panels=line_panels(panels, layout),
        # Lines of one model end near one score: their labels would collide.
        legend=legend_of(dash_keys(map(framework_name, part.frameworks))),
        table=seconds_table(part, curves),
    )


def seconds_table(part: Comparison, curves: Curves) -> Table:
    """A row per curve: when its first and its last epoch ended."""
    last = f"last {metric_axis(part.summary.task.validation_metric)}"
    return plain(
        f"{part.slug}-seconds-data",
        "Seconds to the end of the first and the last epoch",
        ("framework", "cell", "epochs", "first, s", "last, s", last),
        [
            (
                *(framework_name(framework), cell_name(cell), len(c.mean)),
                *(c.seconds[0], c.seconds[-1], c.mean[-1]),
            )
            for (framework, cell), c in curves.items()
        ],
        heads=2,
    )

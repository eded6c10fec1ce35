"""Training with and without clipping, from a study of regularization."""

import math
from collections.abc import Iterator, Sequence

from matplotlib.figure import Figure

from comparisons.analysis.tables import markdown_table
from comparisons.figures.lines import Line
from comparisons.figures.matplotlib import lines_figure
from comparisons.site.course.computed.techniques import (
    WITHOUT,
    Recorded,
    norm_text,
    recorded_study,
    share,
)
from shared.exhibits.names import cell_name, metric_name, score_text

NORM = "clip-norm"
ROWS = (WITHOUT, NORM, "clip-value")
SHADES = {"without clipping": "#d55e00", "clipping by norm": "#0072b2"}
LINES = dict(zip(SHADES, (WITHOUT, NORM), strict=True))
"""Name of a line -> the technique of its runs."""


def clipping_table(folder: str, *cells: str) -> str:
    """A row for each cell without, and with each kind of, clipping."""
    found, rows = recorded_study(folder), []
    metric = found.study.task.metric
    for cell in cells:
        for name in ROWS:
            row = found.row(cell, name)
            score = row.test.mean
            shown = "" if math.isnan(score) else score_text(metric, score)
            texts = share(row), norm_text(row.largest), shown
            rows.append([cell_name(cell), row.name, *texts])
    heads = ["cell", "clipping", "runs that diverge"]
    heads += ["largest gradient norm after an epoch"]
    return markdown_table([*heads, f"test {metric_name(metric)}"], rows, "llr")


def clipping_figure(folder: str, *cells: str) -> Figure:
    """The gradient norm after each epoch: a panel per cell, a line per seed."""
    found, panels = recorded_study(folder), {}
    for cell in cells:
        panels[cell_name(cell)] = [
            Line(label, range(len(norms)), norms, SHADES[label], marker=".")
            for label, name in LINES.items()
            for norms in norms_by_seed(found, cell, name)
        ]
    keys = [Line(label, (), (), shade) for label, shade in SHADES.items()]
    labels = ("epoch", "gradient norm before clipping")
    figure = lines_figure(panels, labels, log="y", keys=keys)
    for axis, title in zip(figure.axes, panels, strict=True):
        axis.set_title(title)
    return figure


def norms_by_seed(
    found: Recorded, cell: str, name: str
) -> Iterator[list[float]]:
    """The largest norm of the fixed batches, by epoch, the first untrained."""
    setting = found.row(cell, name).setting
    for trial in found.trials:
        if trial.run.cell == cell and trial.setting == setting:
            fit = trial.run.fit
            yield finite(fit.gradient_norms) if fit else []


def finite(epochs: Sequence[Sequence[float | None]]) -> list[float]:
    """The largest value of each epoch, up to one that is not finite."""
    largest = []
    for values in epochs:
        known = [value for value in values if value is not None]
        if len(known) < len(values) or not all(map(math.isfinite, known)):
            break
        largest.append(max(known))
    return largest


FIGURES = {"clipping": clipping_figure}
TEXTS = {"clipping": clipping_table}

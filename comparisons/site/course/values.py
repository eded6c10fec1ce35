"""`{value}`: single figures of the records, within a sentence."""

import math
from collections.abc import Callable

from comparisons.analysis.statistics import best_name, mean, means
from comparisons.analysis.summary import Summary
from comparisons.frameworks import FRAMEWORKS
from comparisons.records.spec import PARTS
from comparisons.site.course.base import CourseRole, summary
from comparisons.site.course.effect_values import (
    against,
    baseline_name,
    compared,
    sentence,
)
from comparisons.site.course.row_values import (
    memory,
    score_in,
    step,
    step_ratio,
    training_time,
)
from shared.errors import UserError, unknown
from shared.exhibits.names import score_text


def score(found: Summary, cell: str, metric: str = "") -> str:
    """The test score of a cell, the mean over frameworks and seeds."""
    metric = metric or found.task.metric
    runs = [run for run in found.finished if run.cell == cell]
    if not runs:
        raise UserError(unknown("cell", cell, found.cells))
    if metric not in runs[0].scores:
        raise UserError(unknown("score", metric, runs[0].scores))
    return score_text(metric, mean(run.scores[metric] for run in runs))


def baseline(found: Summary, name: str = "") -> str:
    """The score of the best baseline, or of one whose spaces are -."""
    known = {n.replace(" ", "-"): v for n, v in means(found.baselines).items()}
    name = name or best_name(known, found.task.better)
    if name not in known:
        raise UserError(unknown("baseline", name, known))
    return score_text(found.task.metric, known[name])


def noise_floor(found: Summary) -> str:
    if math.isnan(found.noise_floor):
        raise UserError(f"{found.task.name} has no noise floor")
    return score_text(found.task.metric, found.noise_floor)


def parameters(found: Summary, cell: str, relative_to: str = "") -> str:
    """Trained parameters; with another cell, how many times as many."""
    counts = {row.cell: row.parameters for row in found.rows}
    for name in filter(None, (cell, relative_to)):
        if name not in counts:
            raise UserError(unknown("cell", name, counts))
    if relative_to:
        return f"{counts[cell] / counts[relative_to]:.2f}"
    return f"{counts[cell]:,.0f}"


def seeds(found: Summary) -> str:
    return str(max(row.seeds for row in found.rows))


def padding(found: Summary) -> str:
    """The share of padded steps in the batches of an epoch."""
    return f"{100 * padding_share(found):.0f} %"


def padding_share(found: Summary) -> float:
    shares = [run.padding for run in found.finished if run.padding is not None]
    if not shares:
        raise UserError(f"no padding of {found.task.name} is recorded")
    return mean(shares)


def score_with_padding(found: Summary, cell: str) -> str:
    """The accuracy of a cell if each padded step counted as a right answer."""
    if found.task.metric != "accuracy":
        raise UserError(f"{found.task.name} is not scored by accuracy")
    share = padding_share(found)
    right = mean(r.metric_mean for r in found.rows if r.cell == cell)
    return score_text("accuracy", share + (1 - share) * right)


def option(found: Summary, name: str) -> str:
    """A field of the model, the training, or the data of the runs."""
    spec = found.records[0].spec
    known = dict(vars(found.task.data))  # an older record lacks its defaults
    known |= {n: v for part in PARTS for n, v in getattr(spec, part).items()}
    if name not in known:
        raise UserError(unknown("option", name, known))
    value = known[name]
    if type(value) is int:
        return f"{value:,}"
    return f"{value:g}" if value else str(value)


KINDS: dict[str, Callable[..., str]] = {
    "score": score,
    "score-in": score_in,
    "baseline": baseline,
    "baseline-name": baseline_name,
    "noise-floor": noise_floor,
    "compared": compared,
    "sentence": sentence,
    "against": against,
    "parameters": parameters,
    "step": step,
    "step-ratio": step_ratio,
    "memory": memory,
    "training-time": training_time,
    "seeds": seeds,
    "padding": padding,
    "score-with-padding": score_with_padding,
    "option": option,
}
"""First word of the role -> what it shows of the folder in the second."""


class ValueRole(CourseRole):
    """`{value}` with a kind, a folder of records, and the kind's words."""

    def shown(self, kind: str, folder: str, *words: str) -> str:
        """The figure as a text."""
        if kind not in KINDS:
            raise UserError(unknown("value", kind, KINDS))
        for word in words:
            base = word.partition("-")[0]
            if base in FRAMEWORKS and word not in FRAMEWORKS:
                raise UserError(unknown("framework", word, FRAMEWORKS))
        return KINDS[kind](summary(folder), *words)

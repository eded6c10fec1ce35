"""`{value}`: single figures of the records, within a sentence."""

import math
from collections.abc import Callable

from comparisons.analysis.effects.effect import Effect
from comparisons.analysis.effects.families import corrected, effect_of, family
from comparisons.analysis.effects.samples import cell_samples
from comparisons.analysis.effects.text import conclusion, difference
from comparisons.analysis.frame import ROW
from comparisons.analysis.speed.ratios import form_of, ratios
from comparisons.analysis.statistics import best_name, mean, means
from comparisons.analysis.summary import Summary
from comparisons.frameworks import FRAMEWORKS
from comparisons.records.spec import PARTS
from comparisons.site.course.base import CourseRole, summary
from shared.errors import UserError, unknown
from shared.exhibits.names import cell_name, score_text

BASELINE = "baseline"
"""In place of a cell: the best baseline."""


def score(found: Summary, cell: str, metric: str = "") -> str:
    """The test score of a cell, the mean over frameworks and seeds."""
    metric = metric or found.task.metric
    runs = [run for run in found.finished if run.cell == cell]
    if not runs:
        raise UserError(unknown("cell", cell, found.cells))
    if metric not in runs[0].scores:
        raise UserError(unknown("score", metric, runs[0].scores))
    return score_text(metric, mean(run.scores[metric] for run in runs))


def score_in(found: Summary, framework: str, cell: str) -> str:
    """The test score of a cell in one framework, the mean over seeds."""
    scores = {row.place: row.metric_mean for row in found.rows}
    if (framework, cell) not in scores:
        raise UserError(f"no run of {framework} {cell} is recorded")
    return score_text(found.task.metric, scores[framework, cell])


def baseline(found: Summary, name: str = "") -> str:
    """The score of the best baseline, or of one whose spaces are -."""
    known = {n.replace(" ", "-"): v for n, v in means(found.baselines).items()}
    name = name or best_name(known, found.task.better)
    if name not in known:
        raise UserError(unknown("baseline", name, known))
    return score_text(found.task.metric, known[name])


def baseline_name(found: Summary) -> str:
    return str(best_name(means(found.baselines), found.task.better))


def noise_floor(found: Summary) -> str:
    if math.isnan(found.noise_floor):
        raise UserError(f"{found.task.name} has no noise floor")
    return score_text(found.task.metric, found.noise_floor)


def effect(found: Summary, first: str, second: str) -> Effect:
    """How much better the first is, by the tests of the page."""
    known = {**{cell: cell for cell in found.cells}, BASELINE: ""}
    for name in (first, second):
        if name not in known:
            raise UserError(unknown("cell", name, known))
    if BASELINE in (first, second):
        known[BASELINE] = baseline_name(found)
    names = known[first], known[second]
    for one in family(found):
        if one.names == names:
            return one
        if one.names == names[::-1]:
            return one.reversed
    raise UserError(f"{first} and {second} share no seed")


def gap(one: Effect) -> str:
    """0.0102 less (95 % CI 0.0058 to 0.0146; 5 seeds × 500 test waves)."""
    more = one.first_score >= one.second_score
    sized = one if one.difference >= 0 else one.reversed  # as the word says it
    interval = f"95 % CI {sized.interval}; " if sized.interval else ""
    seeds = one.evidence + ", no interval" * (not one.interval)
    word = "more" if more else "less"
    return f"{one.in_unit(one.difference)} {word} ({interval}{seeds})"


def compared(found: Summary, first: str, second: str) -> str:
    """By how much the score of the first is more or less."""
    return gap(effect(found, first, second))


def sentence(found: Summary, first: str, second: str) -> str:
    """Both scores, the difference, and whether it is settled."""
    one = effect(found, first, second)
    if one.tested:
        return f"{difference(one)}: {conclusion(one)}"
    first_score, second_score = (
        score_text(one.metric, value)
        for value in (one.first_score, one.second_score)
    )
    return (
        f"{cell_name(first)} {first_score}, {cell_name(second)} "
        f"{second_score} ({one.evidence}, no interval)"
    )


def against(found: Summary, other: str, cell: str) -> str:
    """By how much a cell's score is more or less than in another folder."""
    return gap(effect_against(found, other, cell))


def effect_against(found: Summary, other: str, cell: str) -> Effect:
    """How much better a cell is than in another folder, tested by itself."""
    base = summary(other)
    if base.task.metric != found.task.metric:
        raise UserError(f"'{other}' is compared by {base.task.metric}")
    samples = [
        cell_samples(one.finished, one.task.metric, one.folder)
        for one in (found, base)
    ]
    for known in samples:
        if cell not in known:
            raise UserError(unknown("cell", cell, known))
    pair = effect_of(
        found.task, (cell, cell), (samples[0][cell], samples[1][cell])
    )
    if pair is None:
        raise UserError(f"'{other}' shares no seed")
    return corrected([pair])[0]


def parameters(found: Summary, cell: str, relative_to: str = "") -> str:
    """Trained parameters; with another cell, how many times as many."""
    counts = {row.cell: row.parameters for row in found.rows}
    for name in filter(None, (cell, relative_to)):
        if name not in counts:
            raise UserError(unknown("cell", name, counts))
    if relative_to:
        return f"{counts[cell] / counts[relative_to]:.2f}"
    return f"{counts[cell]:,.0f}"


def step(found: Summary, framework: str, cell: str) -> str:
    """Median milliseconds of a training step."""
    times = {row.place: row.step_ms_median for row in found.rows}
    if math.isnan(times.get((framework, cell), math.nan)):
        raise UserError(f"no time of {framework} {cell} is recorded")
    return f"{times[framework, cell]:.3g} ms"


def step_ratio(found: Summary, framework: str, first: str, second: str) -> str:
    """How many times as long a training step of the first cell takes."""
    times = found.samples(ROW, "step_ms")
    pair = (framework, second), (framework, first)
    if not all(place in times for place in pair):
        raise UserError(f"no times of {framework} {first} and {second}")
    (one,) = ratios(times, [pair])
    form = form_of(one.value)
    if one.rounds < 2:
        return f"{one.value:{form}} (one round, no interval)"
    interval = f"{one.low:{form}} to {one.high:{form}}"
    return (
        f"{one.value:{form}} (95 % CI {interval}; {one.rounds} rounds, not "
        f"corrected for others)"
    )


def seeds(found: Summary) -> str:
    return str(max(row.seeds for row in found.rows))


def option(found: Summary, name: str) -> str:
    """A field of the model, the training, or the data of the runs."""
    spec = found.records[0].spec
    known = dict(vars(found.task.data))  # an older record lacks its defaults
    known |= {n: v for part in PARTS for n, v in getattr(spec, part).items()}
    if name not in known:
        raise UserError(unknown("option", name, known))
    return f"{known[name]:g}" if known[name] else str(known[name])


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
    "seeds": seeds,
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

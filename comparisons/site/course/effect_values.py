"""`{value}`: how much better one cell is than another, or than elsewhere."""

from comparisons.analysis.effects.effect import Effect
from comparisons.analysis.effects.families import corrected, effect_of, family
from comparisons.analysis.effects.samples import cell_samples
from comparisons.analysis.effects.text import conclusion, difference
from comparisons.analysis.statistics import best_name, means
from comparisons.analysis.summary import Summary
from comparisons.site.course.base import summary
from shared.errors import UserError, unknown
from shared.exhibits.names import cell_name, score_text

BASELINE = "baseline"
"""In place of a cell: the best baseline."""


def baseline_name(found: Summary) -> str:
    return str(best_name(means(found.baselines), found.task.better))


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


def amount(one: Effect) -> str:
    """0.0102 less (95 % CI 0.0058 to 0.0146; 5 seeds × 500 test waves)."""
    more = one.first_score >= one.second_score
    sized = one if one.difference >= 0 else one.reversed  # as the word says it
    interval = f"95 % CI {sized.interval}; " if sized.interval else ""
    seeds = one.evidence + ", no interval" * (not one.interval)
    word = "more" if more else "less"
    return f"{one.in_unit(one.difference)} {word} ({interval}{seeds})"


def compared(found: Summary, first: str, second: str) -> str:
    """By how much the score of the first is more or less."""
    return amount(effect(found, first, second))


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
    return amount(effect_against(found, other, cell))


def effect_against(found: Summary, other: str, cell: str) -> Effect:
    """How much better a cell is than in another folder, tested by itself."""
    base = summary(other)
    if base.task.metric != found.task.metric:
        raise UserError(f"'{other}' is compared by {base.task.metric}")
    # A mean over the frameworks that both have: over others it is no pair.
    both = {run.framework for run in found.finished}
    both &= {run.framework for run in base.finished}
    samples = [
        cell_samples(
            [run for run in one.finished if run.framework in both],
            one.task.metric,
            one.folder,
        )
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

"""The sentences of a study: effects with intervals, and what diverged."""

import math
from collections.abc import Iterable, Iterator

from comparisons.analysis.effects.intervals import wilson
from comparisons.analysis.effects.text import conclusion, difference
from comparisons.analysis.wording import listed
from comparisons.studies.regularization.choice import SIGNS, cost
from comparisons.studies.regularization.results import BARE, Study
from comparisons.studies.regularization.rows import Row
from comparisons.studies.regularization.techniques import NONE, TECHNIQUES
from shared.exhibits.names import (
    cell_name,
    framework_name,
    metric,
    score_phrase,
)
from shared.exhibits.names import metric_name as name_of

CLIPPING = ("clip-norm", "clip-value")


def sentences(study: Study) -> list[str]:
    """The answer first: what diverges, if anything does, then the best."""
    found = [
        *divergence(study),
        *best_by_cell(study),
        *settled(study),
        *refused(study),
        *proof(study),
    ]
    return [f"{text[0].upper()}{text[1:]}." for text in found]


def divergence(study: Study) -> Iterator[str]:
    """The share of runs that diverge without, and with, a technique.

    Over all cells and seeds; nothing where none of these runs diverges.
    """
    names = (*CLIPPING, *(n for n in TECHNIQUES if n not in CLIPPING))
    groups = {BARE: [row for row in study.rows if row.setting == NONE]}
    for name in names:
        rows = [
            row
            for row in study.rows
            if len(row.setting) == 1 and row.setting[0][0] == name
        ]
        if rows:
            groups[TECHNIQUES[name].words] = rows
    if any(row.diverged for rows in groups.values() for row in rows):
        shares = [share(name, rows) for name, rows in groups.items()]
        yield f"runs that diverge: {'; '.join(shares)}"


def share(name: str, rows: Iterable[Row]) -> str:
    """clip norm 1 of 9 (11 %, 95 % CI 2 to 44 %)."""
    rows = list(rows)
    count, total = (sum(getattr(r, n) for r in rows) for n in COUNTS)
    low, high = wilson(count, total)
    part = count / total if total else float("nan")
    return (
        f"{name} {count} of {total} ({100 * part:.0f} %, 95 % CI "
        f"{100 * low:.0f} to {100 * high:.0f} %)"
    )


COUNTS = ("diverged", "runs")
"""Fields of a row that a share is of."""


def best_by_cell(study: Study) -> Iterator[str]:
    """The technique chosen on validation, of the best cell first."""
    sign = SIGNS[study.task.validation_better]
    best = [row for row in study.rows if row.place == 1]
    for row in sorted(best, key=lambda r: cost(r.validation.mean, sign)):
        none = study.rows_of(row.cell)[0]
        if row.effect is None:
            yield without_effect(study, row)
            continue
        how = conclusion(row.effect) if row.effect.tested else "one seed"
        yield (
            f"{cell_name(row.cell)}, best on validation: "
            f"{difference(row.effect)}: {how}; the gap from training to test "
            f"sequences is {gap_text(study, row)} instead of "
            f"{gap_text(study, none)}"
        )


def without_effect(study: Study, row: Row) -> str:
    """Of a technique where no run shares a seed with one without any."""
    name = f"{cell_name(row.cell)}, best on validation: {row.name}"
    if math.isnan(row.test.mean):
        return f"{name} diverges too"
    score = score_phrase(study.task.metric, row.test.mean)
    return f"{name} reaches {score}; {BARE} leaves no run to compare with"


def gap_text(study: Study, row: Row) -> str:
    """12.3 points, or 0.012."""
    known = metric(study.task.metric)
    value = known.scale * row.gap.mean
    text = format(value, known.form(value)).replace("-", "−")
    return f"{text} points" if known.unit.strip() == "%" else text


def settled(study: Study) -> Iterator[str]:
    """The settled effects of all settings, and what the others mean."""
    effects = [(row, row.effect) for row in study.rows if row.effect]
    tested = [pair for pair in effects if pair[1].tested]
    name = name_of(study.task.metric)
    for word, sign in (("better", 1), ("worse", -1)):
        known = [
            f"{cell_name(row.cell)} with {row.name} "
            f"({effect.in_unit(effect.difference)})"
            for row, effect in tested
            if effect.settled and sign * effect.difference > 0
        ]
        if known:
            yield (
                f"settled as {word} in test {name} than {BARE}, all "
                f"comparisons considered: {listed(known)}"
            )
    left = sum(not effect.settled for _, effect in tested)
    if left:
        yield (
            f"{left} of {len(tested)} differences are not settled, which does "
            "not mean that they are zero: see their intervals"
        )


def refused(study: Study) -> Iterator[str]:
    """The techniques that do not apply, and why, once for all cells."""
    reasons: dict[str, list[str]] = {}
    for cell, names in study.refused.items():
        for name, reason in names.items():
            text = f"{TECHNIQUES[name].words} does not apply ({reason})"
            reasons.setdefault(text, []).append(cell_name(cell))
    for text, cells in reasons.items():
        alone = len(cells) < len(study.cells)
        yield f"{listed(cells)}: {text}" if alone else text


def proof(study: Study) -> Iterator[str]:
    if study.unproved:
        yield (
            "not every check of equivalence holds for "
            f"{listed(study.unproved)}: at a high learning rate, training "
            "amplifies rounding"
        )


def setup(study: Study) -> str:
    """Framework and data of the grid, for a title."""
    return f"{study.dataset}, {framework_name(study.framework)}"

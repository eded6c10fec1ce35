"""The notes below the results table: legend, baselines, checks, warnings."""

from __future__ import annotations

import math
from collections.abc import Iterator

from comparisons.analysis.context import context_notes
from comparisons.analysis.equivalence import CHECKS
from comparisons.analysis.statistics import LEVEL, mean
from comparisons.analysis.summary import Row, Summary, is_matched
from shared.exhibits.names import metric_name, row_name, score_text

WARNINGS = {
    "loss_decreased": "training loss did not decrease",
    "loss_is_finite": "training loss is not finite",
    "timings_add_up": "timings do not add up to the wall time",
    "parameters_match": "parameter count differs from the closed form",
    "checkpoint_saved": "checkpoint was not saved",
}
"""Self-check of a run -> what its failure means."""


def notes(summary: Summary) -> Iterator[str]:
    """Legend, baselines, further scores, equivalence, and what went wrong."""
    task = summary.task
    seeds = max((row.seeds for row in summary.rows), default=0)
    spread = f"mean ± std over {seeds} seeds" if seeds > 1 else "one seed"
    name = metric_name(task.metric)
    yield (
        f"{name[0].upper()}{name[1:]} on the test split ({task.better} is "
        f"better), {spread}. {legend(summary)}"
    )
    if not math.isnan(summary.floor):
        yield f"Noise floor: {score_text(task.metric, summary.floor)}."
    known = [
        f"{name} {score_text(task.metric, mean(list(values.values())))}"
        for name, values in summary.baselines.items()
    ]
    if known:
        yield f"Baselines: {'; '.join(known)}."
    yield from context_notes(summary)
    yield equivalence_note(summary)
    for row in summary.rows:
        if row.status != "ok":
            yield problem(summary, row)
    yield from warnings(summary)


def legend(summary: Summary) -> str:
    """The meaning of the marks * and ~."""
    text = "* best"
    if "~" in summary.marks.values():
        text += (
            ", ~ no significant difference from the best (paired t-test over "
            f"seeds, Holm, α = {LEVEL})"
        )
    elif all(row.seeds < 2 for row in summary.rows):
        text += ", not tested"
    if is_matched(summary.records) and len(summary.frameworks) > 1:
        text += "; marks compare cells, averaged over frameworks"
    return f"{text}."


def equivalence_note(summary: Summary) -> str:
    """The largest deviation in each check, over all rows."""
    largest: dict[str, float] = {}
    for record in summary.equivalence:
        for one in record.deviations:
            if one.limit:
                known = largest.get(one.check, 0.0)
                largest[one.check] = max(known, one.measured)
    if not largest:
        return "Equivalence: not checked (requires --init matched)."
    shown = ", ".join(
        f"{CHECKS.get(check, check)} {value:.0e}"
        for check, value in largest.items()
    )
    failed = ", ".join(unproved(summary))
    return (
        f"Equivalence, largest relative error to the NumPy reference: {shown}."
        + f" FAILED: {failed}." * bool(failed)
    )


def unproved(summary: Summary) -> Iterator[str]:
    """Rows with a check over its limit, or whose checks did not run."""
    for record in summary.equivalence:
        name = row_name(*record.row)
        if record.status != "ok":
            yield name
        for one in record.deviations:
            if not one.holds:
                yield f"{name} {CHECKS.get(one.check, one.check)}"


def problem(summary: Summary, row: Row) -> str:
    """The seeds of a row without a result, and the last error."""
    runs = [
        run
        for run in summary.records
        if run.row == row.place and run.status != "ok"
    ]
    seeds = ", ".join(str(run.seed) for run in runs)
    last = runs[-1]
    return f"{row.name}, seed {seeds}: {last.status}: {last.error}"


def warnings(summary: Summary) -> Iterator[str]:
    """The self-checks that failed."""
    for run in summary.finished:
        for check, passed in run.checks.items():
            if not passed:
                name = row_name(*run.row)
                text = WARNINGS.get(check, f"check failed: {check}")
                yield f"warning: {name} seed {run.seed}: {text}"

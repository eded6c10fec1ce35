"""The notes below the results table: legend, baselines, checks, warnings."""

import math
from collections.abc import Iterator

from comparisons.analysis.context import context_notes
from comparisons.analysis.equivalence import CHECKS
from comparisons.analysis.statistics import LEVEL, means
from comparisons.analysis.summary import Summary
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
    yield legend(summary)
    metric = summary.task.metric
    if not math.isnan(summary.noise_floor):
        yield f"Noise floor: {score_text(metric, summary.noise_floor)}."
    baselines = [
        f"{name} {score_text(metric, value)}"
        for name, value in means(summary.baselines).items()
    ]
    if baselines:
        yield f"Baselines: {'; '.join(baselines)}."
    yield from context_notes(summary)
    yield equivalence_note(summary)
    yield from problems(summary)


def legend(summary: Summary) -> str:
    """The metric, its spread, and the meaning of the marks * and ~."""
    name, better = metric_name(summary.task.metric), summary.task.better
    seeds = max((row.seeds for row in summary.rows), default=0)
    spread = f"mean ± std over {seeds} seeds" if seeds > 1 else "one seed"
    text = (
        f"{name[0].upper()}{name[1:]} on the test split ({better} is "
        f"better), {spread}. * best"
    )
    if "~" in summary.marks.values():
        text += (
            ", ~ no significant difference from the best (paired t-test over "
            f"seeds, Holm, α = {LEVEL})"
        )
    elif seeds < 2:
        text += ", not tested"
    if summary.matched and len(summary.frameworks) > 1:
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
    shown = ", ".join(f"{CHECKS.get(n, n)} {v:.0e}" for n, v in largest.items())
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


def problems(summary: Summary) -> Iterator[str]:
    """Seeds without a result and the last error; self-checks that failed."""
    for row in summary.rows:
        runs = [r for r in summary.records if r.row == row.place]
        failed = [run for run in runs if run.status != "ok"]
        if failed:
            seeds = ", ".join(str(run.seed) for run in failed)
            last = failed[-1]
            yield f"{row.name}, seed {seeds}: {last.status}: {last.error}"
    for run in summary.finished:
        for check, passed in run.checks.items():
            if not passed:
                name = row_name(*run.row)
                text = WARNINGS.get(check, f"check failed: {check}")
                if check == "checkpoint_saved" and run.checkpoint_error:
                    text += f" ({run.checkpoint_error})"
                yield f"warning: {name} seed {run.seed}: {text}"

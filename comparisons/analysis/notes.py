"""The notes below the results table: legend, baselines, checks, warnings."""

import math
from collections import Counter
from collections.abc import Iterable, Iterator

from comparisons.analysis.context import bits_note, context_notes, too_short
from comparisons.analysis.effects.marks import marks
from comparisons.analysis.effects.method import (
    ROWS,
    how_tested,
    tested_effects,
)
from comparisons.analysis.equivalence import CHECKS
from comparisons.analysis.machines import (
    identity,
    letters_of,
    machine_text,
)
from comparisons.analysis.results import LOADED
from comparisons.analysis.rows import Place
from comparisons.analysis.speed.disturbances import (
    disturbance_notes,
    disturbances,
)
from comparisons.analysis.speed.untimed import has_times
from comparisons.analysis.statistics import means
from comparisons.analysis.summary import Summary
from comparisons.records.measurements import Equivalence
from comparisons.records.record import RunRecord
from shared.exhibits.names import metric_name, row_name, score_text

NAMED = 20
"""Seeds that a line names."""

UNCHECKED = "not checked (requires --init matched)"

ROUNDED = {
    "tf32": "factors of products are rounded to TF32 (10 bits)",
    "bf16": "factors of products are rounded to bfloat16 (7 bits)",
}
"""Precision -> what a table says of it."""

WARNINGS = {
    "loss_decreased": "training loss did not decrease",
    "loss_is_finite": "training loss is not finite",
    "timings_add_up": "timings do not add up to the wall time",
    "parameters_match": "parameter count differs from the closed form",
    "checkpoint_saved": "checkpoint was not saved",
    "example_scores_saved": "scores of the test examples were not saved",
}
"""Self-check of a run -> what its failure means."""


def notes(summary: Summary) -> Iterator[str]:
    """Legend, baselines, further scores, equivalence, and what went wrong."""
    if short := too_short(summary):
        yield f"{short[0].upper()}{short[1:]}."
    yield legend(summary)
    yield from precision_notes(summary)
    yield from timing_notes(summary)
    yield from how_tested(summary)
    metric = summary.task.metric
    if not math.isnan(summary.noise_floor):
        yield f"Noise floor: {score_text(metric, summary.noise_floor)}."
    baselines = [
        f"{name} {score_text(metric, value)}"
        for name, value in means(summary.baselines).items()
    ]
    if baselines:
        yield f"Baselines: {'; '.join(baselines)}."
    yield from bits_note(summary)
    yield from context_notes(summary)
    yield equivalence_note(summary)
    yield from problems(summary)


def precision_notes(summary: Summary) -> Iterator[str]:
    """What the arithmetic rounds, where it is not that of float32."""
    for name in dict.fromkeys(row.precision for row in summary.rows):
        if name in ROUNDED:
            yield f"Precision {name}: {ROUNDED[name]}; weights are float32."


def timing_notes(summary: Summary) -> Iterator[str]:
    """How many runs were scored and not timed, and the machines of many."""
    count = sum(run.timing == "scored" for run in summary.finished)
    if count:
        yield (
            f"Scored, not timed: {count:,} of {len(summary.finished):,} runs "
            "shared the machine with others, and no time of them is shown."
        )
    if len(summary.machines) > 1:
        yield machines_note(summary)


def machines_note(summary: Summary) -> str:
    """The machines by their letters, and whose times are shown."""
    runs = Counter(map(identity, summary.finished))
    parts = [
        f"{name}: {machine_text(one)} ({runs[one]:,} runs)"
        for one, name in summary.machines.items()
    ]
    text = f"Machines: {'; '.join(parts)}."
    timed = filter(has_times, summary.finished)
    if shown := letters_of(timed, summary.machines):
        text += f" All times are of machine {shown}; scores are of all."
    return text


def legend(summary: Summary) -> str:
    """The metric, its spread, and the meaning of the marks * and ~."""
    name, better = metric_name(summary.task.metric), summary.task.better
    seeds = max((row.seeds for row in summary.rows), default=0)
    spread = f"mean ± std over {seeds} seeds" if seeds > 1 else "one seed"
    text = (
        f"{name[0].upper()}{name[1:]} on the test split ({better} is "
        f"better), {spread}. * best"
    )
    if "~" in marks(summary).values():
        text += ", ~ not significantly different from the best"
        if not summary.matched:
            text += f" ({ROWS})"
    elif seeds < 2 and not tested_effects(summary):
        text += ", not tested"
    if summary.matched and len(summary.frameworks) > 1:
        text += "; marks compare cells, averaged over frameworks"
    if disturbances(summary):
        text += f". {LOADED} measured under load"
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
        failed = "; ".join(unproved(summary))
        return f"Equivalence: {failed or UNCHECKED}."
    shown = ", ".join(f"{CHECKS.get(n, n)} {v:.0e}" for n, v in largest.items())
    failed = "; ".join(unproved(summary))
    return (
        f"Equivalence, largest relative error to the NumPy reference: {shown}."
        + f" FAILED: {failed}." * bool(failed)
    )


def unproved(summary: Summary) -> Iterator[str]:
    """Rows with a check over its limit, or whose checks were not made."""
    return failed_checks(summary.equivalence)


def failed_checks(records: Iterable[Equivalence]) -> Iterator[str]:
    """The same of some records."""
    for record in records:
        name = row_name(*record.row)
        if record.status != "ok":
            cause = record.error or record.status
            yield f"{name}: equivalence was not checked: {cause}"
        for one in record.deviations:
            if not one.holds:
                yield (
                    f"{name}: {CHECKS.get(one.check, one.check)} of {one.case} "
                    f"deviates by {one.measured:.1e}, limit {one.limit:.0e}"
                )


def problems(summary: Summary) -> Iterator[str]:
    """Seeds without a result and the last error; self-checks that failed."""
    failed: dict[Place, list[RunRecord]] = {}
    for run in summary.records:
        if run.status != "ok":
            failed.setdefault(run.row, []).append(run)
    for row in summary.rows:
        if runs := failed.get(row.place):
            last, seeds = runs[-1], numbered(run.seed for run in runs)
            yield f"{row.name}, seed {seeds}: {last.status}: {last.error}"
    yield from missing_baselines(summary)
    yield from warnings(summary)
    yield from disturbance_notes(disturbances(summary))


def warnings(summary: Summary) -> Iterator[str]:
    """The self-checks that failed, with their seeds."""
    failed: dict[tuple[Place, str], list[int]] = {}
    for run in summary.finished:
        for check, passed in run.checks.items():
            if not passed:
                text = WARNINGS.get(check, f"check failed: {check}")
                if check == "checkpoint_saved" and run.checkpoint_error:
                    text += f" ({run.checkpoint_error})"
                failed.setdefault((run.row, text), []).append(run.seed)
    for (place, text), seeds in failed.items():
        yield f"warning: {row_name(*place)} seed {numbered(seeds)}: {text}"


def missing_baselines(summary: Summary) -> Iterator[str]:
    """The seeds without baselines, by the cause."""
    causes: dict[str, list[int]] = {}
    for record in summary.failed_baselines:
        causes.setdefault(record.error, []).append(record.seed)
    for cause, seeds in causes.items():
        yield f"baselines, seed {numbered(seeds)}: {cause}"


def numbered(seeds: Iterable[int]) -> str:
    """The first seeds, and how many there are if there are more."""
    seeds = list(seeds)
    text = ", ".join(map(str, seeds[:NAMED]))
    return text if len(seeds) <= NAMED else f"{text}, … ({len(seeds):,})"

"""The data, further scores, and the results that others report."""

import math
from collections.abc import Iterator

from comparisons.analysis.effects.marks import best_row
from comparisons.analysis.statistics import best_name, best_value, mean, means
from comparisons.analysis.summary import Summary
from comparisons.records.spec import Scores
from shared.exhibits.names import cell_name, metric_name, row_name, score_text
from shared.task import Published

OPPOSITE = {"lower": "higher", "higher": "lower"}


CHECKS = ("quick",)
"""Presets whose training is too short to judge by."""

NATS = ("nats", "nll")
"""Metrics in nats, which some fields state in bits."""


def too_short(summary: Summary) -> str:
    """That the preset only checks that all works; "" where it does not."""
    presets = dict.fromkeys(run.spec.preset for run in summary.records)
    return next(
        (
            f"{p}: a functional check, not a result"
            for p in presets
            if p in CHECKS
        ),
        "",
    )


def bits_note(summary: Summary) -> Iterator[str]:
    """The mean of each cell in bits, where the metric is in nats."""
    if summary.task.metric not in NATS:
        return
    found = means(summary.samples("cell", "metric"))
    shown = [
        f"{cell_name(cell)} {value / math.log(2):.2f}"
        for cell, value in found.items()
    ]
    if shown:
        unit = metric_name(summary.task.metric).replace("nats", "bits")
        yield f"In {unit}: {', '.join(shown)}."


def published(summary: Summary) -> list[Published]:
    """What others report for the data of these rows."""
    datasets = {"", *(row.dataset for row in summary.rows)}
    metadata = [record.metadata for record in summary.baseline_records]
    return [
        item
        for item in summary.task.published
        if item.dataset in datasets
        and all(m.get(k) == v for k, v in item.where.items() for m in metadata)
    ]


def outperformed_published(summary: Summary) -> Iterator[str]:
    """The published results that every baseline outperforms."""
    if not summary.baselines:
        return
    metric, better = summary.task.metric, summary.task.better
    average = means(summary.baselines)
    name = best_name(average, OPPOSITE[better])
    worst = average[name]
    behind = [
        f"{item.name} ({score_text(metric, item.value)})"
        for item in published(summary)
        if item.value is not None
        and item.metric == metric
        and best_value([item.value, worst], better) != item.value
    ]
    if behind:
        yield (
            f"Every baseline, even {name} ({score_text(metric, worst)}), "
            f"outperforms these published results: {', '.join(behind)}."
        )


def context_notes(summary: Summary) -> Iterator[str]:
    """The split; further scores of the best row and baseline; published."""
    metadata = [record.metadata for record in summary.baseline_records]
    texts = [t for m in metadata for t in (m.get("split"), *m.get("notes", []))]
    for text in dict.fromkeys(filter(None, texts)):
        yield f"Data: {text}."
    others = []
    for name, scores in best_scores(summary):
        names = [n for n in scores[0] if n != summary.task.metric]
        shown = [
            f"{metric_name(n)} {score_text(n, mean(values))}"
            for n in names
            if (values := [s[n] for s in scores if n in s])
        ]
        others += [f"{name}: {', '.join(shown)}"] if shown else []
    if others:
        yield f"Other scores: {'; '.join(others)}."
    known = [
        f"{item.name} {score_text(item.metric, item.value)}"
        for item in published(summary)
        if item.value is not None
    ]
    if known:
        yield f"Published (sources in the report): {'; '.join(known)}."


def best_scores(summary: Summary) -> Iterator[tuple[str, list[Scores]]]:
    """Name and scores of the best row, or matched cell, and baseline."""
    if best := best_row(summary):
        matched, (_, cell) = summary.matched, best
        name = cell_name(cell) if matched else row_name(*best)
        runs = [
            run.scores
            for run in summary.finished
            if run.row == best or (matched and run.cell == cell)
        ]
        yield name, runs
    if summary.baselines:
        name = best_name(means(summary.baselines), summary.task.better)
        records = summary.baseline_records
        yield name, [r.baselines[name] for r in records if name in r.baselines]

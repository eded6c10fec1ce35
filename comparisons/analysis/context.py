"""The data, further scores, and the results that others report."""

from __future__ import annotations

from collections.abc import Iterator

from comparisons.analysis.statistics import mean
from comparisons.analysis.summary import (
    Summary,
    best_row,
    best_value,
    is_matched,
)
from comparisons.records.measurements import Baselines
from comparisons.records.spec import Scores
from shared.exhibits.names import cell_name, metric_name, row_name, score_text
from shared.task import Published


def published(summary: Summary) -> list[Published]:
    """What others report for the data of these rows."""
    datasets = {"", *(row.dataset for row in summary.rows)}
    facts = [record.facts for record in summary.guesses]
    return [
        item
        for item in summary.task.published
        if item.dataset in datasets
        and all(f.get(k) == v for k, v in item.where.items() for f in facts)
    ]


def outperformed_published(summary: Summary) -> Iterator[str]:
    """The published results that every baseline outperforms."""
    means = [mean(list(v.values())) for v in summary.baselines.values()]
    if not means:
        return
    metric, better = summary.task.metric, summary.task.better
    worst = {"lower": max, "higher": min}[better](means)
    name = list(summary.baselines)[means.index(worst)]
    behind = [
        f"{item.name} ({score_text(metric, item.value)})"
        for item in published(summary)
        if item.value is not None
        and item.metric == metric
        and best_value([item.value, worst], better) != item.value
    ]
    if behind:
        yield (
            "Published results that every baseline outperforms, even "
            f"{name} ({score_text(metric, worst)}): {', '.join(behind)}."
        )


def context_notes(summary: Summary) -> Iterator[str]:
    """The split; further scores of the best row and baseline; published."""
    for text in dict.fromkeys(
        text for record in summary.guesses for text in about_data(record)
    ):
        yield f"Data: {text}."
    found = [
        f"{name}: {text}"
        for name, text in (best_model(summary), best_baseline(summary))
        if text
    ]
    if found:
        yield f"Other scores: {'; '.join(found)}."
    known = [
        f"{item.name} {score_text(item.metric, item.value)}"
        for item in published(summary)
        if item.value is not None
    ]
    if known:
        yield f"Published (sources in the report): {'; '.join(known)}."


def about_data(record: Baselines) -> list[str]:
    """The split that a record of baselines states, and notes on the data."""
    facts = record.facts
    split = [facts["split"]] if "split" in facts else []
    return [*split, *facts.get("notes", [])]


def best_model(summary: Summary) -> tuple[str, str]:
    """Name and further scores of the best row, or of the best matched cell."""
    best = best_row(summary)
    if best is None:
        return "", ""
    framework, cell = best
    matched = is_matched(summary.records)
    runs = [
        run.scores
        for run in summary.finished
        if run.cell == cell and (matched or run.framework == framework)
    ]
    name = cell_name(cell) if matched else row_name(framework, cell)
    return name, further_scores(summary, runs)


def best_baseline(summary: Summary) -> tuple[str, str]:
    """Name and further scores of the baseline with the best metric."""
    means = {n: mean(list(s.values())) for n, s in summary.baselines.items()}
    best = best_value(list(means.values()), summary.task.better)
    name = next((n for n, value in means.items() if value == best), "")
    known = [record.baselines for record in summary.guesses]
    runs = [scores[name] for scores in known if name]
    return name, further_scores(summary, runs)


def further_scores(summary: Summary, runs: list[Scores]) -> str:
    """The means of all scores but the metric."""
    names = [n for n in (runs[0] if runs else {}) if n != summary.task.metric]
    return ", ".join(
        f"{metric_name(name)} "
        f"{score_text(name, mean([scores[name] for scores in runs]))}"
        for name in names
    )

"""What stands beside the metric: other scores, and others' figures."""

from __future__ import annotations

from collections.abc import Iterator

from comparisons.analysis.statistics import mean, score_form
from comparisons.analysis.summary import Summary, best_value
from comparisons.records.record import Baselines, Scores
from shared.task import Published


def published(summary: Summary) -> list[Published]:
    """The figures that others report for the data of these rows."""
    datasets = {"", *(row.dataset for row in summary.rows)}
    facts = [record.facts for record in summary.guesses]
    return [
        item
        for item in summary.task.published
        if item.dataset in datasets
        and all(f.get(k) == v for k, v in item.where.items() for f in facts)
    ]


def beside_published(summary: Summary) -> Iterator[str]:
    """The published figures that no baseline is worse than."""
    means = [mean(list(v.values())) for v in summary.baselines.values()]
    if not means:
        return
    better = summary.task.better
    worst = {"lower": max, "higher": min}[better](means)
    names = list(summary.baselines)
    behind = [
        f"{item.name} ({item.value:.4g})"
        for item in published(summary)
        if item.value is not None
        and item.metric == summary.task.metric
        and best_value([item.value, worst], better) != item.value
    ]
    if behind:
        yield (
            f"Published, and worse than every baseline, even "
            f"{names[means.index(worst)]} ({worst:.4g}): {', '.join(behind)}."
        )


def lines_beside(summary: Summary) -> Iterator[str]:
    """The split; other scores of the best row, baseline; published figures."""
    for text in dict.fromkeys(
        text for record in summary.guesses for text in about_data(record)
    ):
        yield f"Data: {text}."
    found = [
        f"{name}: {text}"
        for name, text in (best_row(summary), best_baseline(summary))
        if text
    ]
    if found:
        yield f"Other scores, means over seeds: {'; '.join(found)}."
    known = [
        f"{item.name} {item.value:{score_form(item.value)}}"
        for item in published(summary)
        if item.value is not None
    ]
    if known:
        yield f"Published (sources in the report): {', '.join(known)}."


def about_data(record: Baselines) -> list[str]:
    """How a record of baselines says that its data were split, and notes."""
    facts = record.facts
    split = [facts["split"]] if "split" in facts else []
    return [*split, *facts.get("notes", [])]


def best_row(summary: Summary) -> tuple[str, str]:
    """Name and other scores of the row that is marked best."""
    best = [row for row, mark in summary.marks.items() if mark == "*"]
    runs = [run.scores for run in summary.finished if run.row in best]
    return " ".join(*best) if best else "", others(summary, runs)


def best_baseline(summary: Summary) -> tuple[str, str]:
    """Name and other scores of the baseline with the best metric."""
    means = {n: mean(list(s.values())) for n, s in summary.baselines.items()}
    best = best_value(list(means.values()), summary.task.better)
    name = next((n for n, value in means.items() if value == best), "")
    known = [record.baselines for record in summary.guesses]
    return name, others(summary, [scores[name] for scores in known if name])


def others(summary: Summary, runs: list[Scores]) -> str:
    """The means of all scores but the metric, in words."""
    names = [n for n in (runs[0] if runs else {}) if n != summary.task.metric]
    return ", ".join(
        f"{name} {mean([scores[name] for scores in runs]):.4f}"
        for name in names
    )

"""A table of the settings that a sweep compares."""

from pathlib import Path

from comparisons.analysis.statistics import mean
from comparisons.analysis.summary import Summary
from comparisons.analysis.sweeps.folders import comparisons_in
from comparisons.analysis.tables import markdown_table
from comparisons.site.overview import summary_of
from shared.exhibits.names import cell_name, metric_name, score_text


def settings_table(root: Path, name: str) -> str:
    """A row for each setting: test and validation score of each cell.

    Means over frameworks and seeds; a setting is chosen by its validation
    score, of the epoch that was kept.
    """
    rows = []
    for folder in comparisons_in(root / name):
        options = dict(one.split("=", 1) for one in folder.name.split(","))
        summary = summary_of(folder)
        scores = {cell: score_of(summary, cell) for cell in summary.cells}
        rows.append([*options.values(), *scores.values()])
    heads = [f"`--{option}`" for option in options]
    metric = metric_name(summary.task.metric)
    heads += [f"{cell_name(c)}: {metric} (validation)" for c in scores]
    return markdown_table(heads, rows, "l" * len(options) + "r")


def score_of(summary: Summary, cell: str) -> str:
    """Mean test score, and in parentheses that of the validation split."""
    runs = [run for run in summary.finished if run.cell == cell]
    tests = [run.scores[run.metric] for run in runs]
    validations = [run.validation for run in runs if run.validation is not None]
    test, validation = (
        score_text(summary.task.metric, mean(values))
        for values in (tests, validations)
    )
    return f"{test} ({validation})"

"""What stands below the table: other scores and published figures."""

from dataclasses import replace

import pytest
from factories import records as made

from comparisons.analysis.context import beside_published, lines_beside
from shared.task import Published


@pytest.fixture
def summary():
    """The GRU of PyTorch is best; scores beside the metric are by hand."""
    found = made.summarised(
        [
            made.run("pytorch", "gru", 0, 0.10),
            made.run("pytorch", "gru", 1, 0.12),
            made.run("jax", "lstm", 0, 0.30),
            *(made.baselines(seed) for seed in range(2)),
        ]
    )
    for run in found.records:
        ours = run.cell == "gru"
        run.scores["mae"] = 0.2 + 0.1 * run.seed if ours else 9.0
    for record in found.guesses:
        for name, scores in record.baselines.items():
            scores["mae"] = {"last value": 8.0}.get(name, 0.5)
    return found


def test_other_scores_of_the_best_row_and_of_the_best_baseline(summary):
    assert list(lines_beside(summary)) == [
        "Other scores, means over seeds: pytorch gru: mae 0.2500; "
        "linear: mae 0.5000."
    ]


def test_without_baselines_the_row_stands_alone(summary):
    summary.baselines, summary.guesses = {}, []
    (line,) = lines_beside(summary)
    assert line.endswith("seeds: pytorch gru: mae 0.2500.")


def test_published_figures_are_those_of_the_data(summary):
    summary.task = replace(
        summary.task,
        published=(
            Published("any", 0.5, "rmse", "book"),
            Published("none held out", None, "rmse", "book"),
            Published("other data", 0.7, "rmse", "book", "elsewhere"),
        ),
    )
    (*_, line) = lines_beside(summary)
    assert line == "Published (sources in the report): any 0.5000."


def test_a_published_figure_stands_beside_the_setting_it_is_of(summary):
    summary.task = replace(
        summary.task,
        published=(
            Published("near", 0.5, "rmse", "book", where={"horizon": 24}),
            Published("far", 0.7, "rmse", "book", where={"horizon": 48}),
        ),
    )
    for record in summary.guesses:
        record.facts = {"horizon": 48}
    (*_, line) = lines_beside(summary)
    assert line == "Published (sources in the report): far 0.7000."


def test_published_figures_that_no_baseline_is_worse_than_are_named(summary):
    summary.task = replace(
        summary.task,
        published=(
            Published("bad", 0.2, "rmse", "book"),
            Published("fair", 0.15, "rmse", "book"),
            Published("of something else", 5.0, "mae", "book"),
            Published("unknown", None, "rmse", "book"),
        ),
    )
    assert list(beside_published(summary)) == [
        "Published, and worse than every baseline, even last value (0.19): "
        "bad (0.2)."
    ]
    summary.task = replace(summary.task, better="higher")
    assert list(beside_published(summary)) == []
    summary.baselines = {}
    assert list(beside_published(summary)) == []


def test_the_split_and_what_is_said_of_the_data_come_first(summary):
    for record in summary.guesses:
        record.facts = {"split": "first half", "notes": ["old", "rare"]}
    found = list(lines_beside(summary))
    assert found[:3] == ["Data: first half.", "Data: old.", "Data: rare."]
    assert len(found) == 4

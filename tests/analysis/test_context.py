"""The notes on other scores and on published results."""

from dataclasses import replace

import pytest
from factories import records as made

from comparisons.analysis.context import context_notes, outperformed_published
from comparisons.analysis.notes import missing_baselines, numbered
from shared.task import Published


@pytest.fixture
def summary():
    """The GRU of PyTorch is best; scores other than the metric are by hand."""
    found = made.summarized(
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
    for record in found.baseline_records:
        for name, scores in record.baselines.items():
            scores["mae"] = {"last value": 8.0}.get(name, 0.5)
    return found


def test_other_scores_of_the_best_row_and_of_the_best_baseline(summary):
    assert list(context_notes(summary)) == [
        "Other scores: GRU: MAE 0.250; linear: MAE 0.500."
    ]


def test_the_best_row_is_named_whole_where_frameworks_are_native():
    runs = [
        made.run(framework, cell, 0, value, spec={"init": "native"})
        for framework, cell, value in (
            ("pytorch", "gru", 0.1),
            ("pytorch", "lstm", 0.3),
            ("jax", "gru", 0.4),
        )
    ]
    for run in runs:
        run["scores"] = {**run["scores"], "mae_clean": 2 * run["scores"]["mae"]}
    assert list(context_notes(made.summarized(runs))) == [
        "Other scores: PyTorch GRU: MAE 0.0500, MAE without noise 0.100."
    ]
    matched = [run | {"spec": {"init": "matched"}} for run in runs]
    assert list(context_notes(made.summarized(matched))) == [
        "Other scores: GRU: MAE 0.125, MAE without noise 0.250."
    ]


def test_without_baselines_only_the_row_is_shown(summary):
    summary.baselines, summary.baseline_records = {}, []
    (line,) = context_notes(summary)
    assert line.endswith("GRU: MAE 0.250.")


def test_published_results_are_those_of_the_data(summary):
    summary.task = replace(
        summary.task,
        published=(
            Published("any", 0.5, "rmse", "book"),
            Published("none held out", None, "rmse", "book"),
            Published("other data", 0.7, "rmse", "book", "elsewhere"),
        ),
    )
    (*_, line) = context_notes(summary)
    assert line == "Published (sources in the report): any 0.500."


def test_published_results_match_the_setting_of_the_data(summary):
    summary.task = replace(
        summary.task,
        published=(
            Published("near", 0.5, "rmse", "book", where={"horizon": 24}),
            Published("far", 0.7, "rmse", "book", where={"horizon": 48}),
        ),
    )
    for record in summary.baseline_records:
        record.metadata = {"horizon": 48}
    (*_, line) = context_notes(summary)
    assert line == "Published (sources in the report): far 0.700."


def test_published_results_below_a_baseline_are_named(summary):
    summary.task = replace(
        summary.task,
        published=(
            Published("bad", 0.2, "rmse", "book"),
            Published("fair", 0.15, "rmse", "book"),
            Published("of something else", 5.0, "mae", "book"),
            Published("unknown", None, "rmse", "book"),
        ),
    )
    (text,) = outperformed_published(summary)
    assert "even last value (0.190), " in text and text.endswith(
        ": bad (0.200)."
    )
    summary.task = replace(summary.task, better="higher")
    assert list(outperformed_published(summary)) == []
    summary.baselines = {}
    assert list(outperformed_published(summary)) == []


def test_the_split_and_the_notes_on_the_data_come_first(summary):
    for record in summary.baseline_records:
        record.metadata = {"split": "first half", "notes": ["old", "rare"]}
    found = list(context_notes(summary))
    assert found[:3] == ["Data: first half.", "Data: old.", "Data: rare."]
    assert len(found) == 4


@pytest.mark.parametrize(
    ("count", "text"),
    [
        (3, "0, 1, 2"),
        (20, ", ".join(map(str, range(20)))),
        (1100, ", ".join(map(str, range(20))) + ", … (1,100)"),
    ],
)
def test_many_seeds_are_counted_after_the_first(count, text):
    assert numbered(range(count)) == text


def test_a_missing_baseline_names_its_seeds_and_its_cause(summary):
    failed = [
        made.baselines(seed) | {"status": "failed", "error": error}
        for seed, error in ((4, "no data"), (6, "no data"), (7, "killed"))
    ]
    records = made.typed(failed)
    found = missing_baselines(replace(summary, failed_baselines=records))
    assert list(found) == [
        "baselines, seed 4, 6: no data",
        "baselines, seed 7: killed",
    ]

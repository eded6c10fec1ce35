"""Which rows are marked as best, and which are no worse."""

import math

import pytest
from factories import records as made
from factories.comparisons import BAD, BEST, runs

from comparisons.analysis.effects.marks import marks
from comparisons.analysis.rows import mark_best


def test_marks_are_best_and_not_significantly_different(ranked):
    found = {cell: mark for (_, cell), mark in marks(ranked).items()}
    assert found == {"rnn": "", "gru": "~", "lstm": "*"}


def test_a_higher_is_better_metric_reverses_the_ranks(ranked):
    runs = [
        made.run(*run.row, run.seed, task="names")
        | {"scores": {"accuracy": run.scores["rmse"]}}
        for run in ranked.records
    ]
    summary = made.summarized(runs)
    assert marks(summary)["pytorch", "rnn"] == "*"
    assert marks(summary)["pytorch", "gru"] == ""


def test_marks_of_matched_frameworks_are_those_of_their_cells():
    rows = [
        *runs("gru", BAD),
        *runs("lstm", BEST),
        *runs("lstm", [v + 1e-6 for v in BEST], "jax"),
    ]
    found = marks(made.summarized(rows))
    assert found["pytorch", "lstm"] == found["jax", "lstm"] == "*"
    assert found["pytorch", "gru"] == ""
    native = [run | {"spec": {"init": "native"}} for run in rows]
    close = runs("lstm", [v + 1e-3 for v in BEST], "keras")
    native += [run | {"spec": {"init": "native"}} for run in close]
    found = marks(made.summarized(native))
    assert found["pytorch", "lstm"] == found["jax", "lstm"] == "*"
    assert found["keras", "lstm"] == ""


def test_cells_with_equal_rounded_means_are_both_best():
    rows = [*runs("gru", BEST), *runs("lstm", [0.11, 0.1101, 0.11])]
    assert set(marks(made.summarized(rows)).values()) == {"*"}


def test_one_seed_leaves_all_but_the_best_unmarked():
    rows = [made.run(cell="gru", rmse=0.1), made.run(cell="lstm", rmse=0.2)]
    found = marks(made.summarized(rows))
    assert (found["pytorch", "gru"], found["pytorch", "lstm"]) == ("*", "")


@pytest.mark.parametrize("init", ["native", "matched"])
def test_the_best_is_that_of_the_metric_and_unmarked_without_a_test(init):
    one = {"spec": {"init": init}, "task": "names", "metric": "accuracy"}
    rows = [
        made.run(cell=cell, scores={"accuracy": score}, **one)
        for cell, score in (("rnn", 0.7), ("gru", 0.9), ("lstm", 0.8))
    ]
    found = marks(made.summarized(rows))
    assert {cell: mark for (_, cell), mark in found.items()} == {
        "rnn": "",
        "gru": "*",
        "lstm": "",
    }


def test_only_the_best_and_the_others_are_one_family():
    """With p 0.02 and 0.03 for two tests both differ, for three neither."""
    near, far = math.sqrt(3) / 6.9646, math.sqrt(3) / 5.6428  # t of p
    found = {
        "gru": dict(enumerate((0.0, 0.0, 0.0))),
        "lstm": dict(enumerate((1 - near, 1.0, 1 + near))),
        "rnn": dict(enumerate((1 + far, 1.0, 1 - far))),
    }
    assert mark_best(found, "lower") == {"gru": "*", "lstm": "", "rnn": ""}


def test_what_does_not_differ_from_the_best_is_marked():
    found = {
        "gru": dict(enumerate((0.1, 0.2, 0.3))),
        "lstm": dict(enumerate((0.3, 0.1, 0.3))),
        "rnn": dict(enumerate((5.1, 5.2, 5.3))),
        "mgu": {0: 0.9},
    }
    marks = {"gru": "*", "lstm": "~", "rnn": "", "mgu": ""}
    assert mark_best(found, "lower") == marks
    assert mark_best({}, "lower") == {}

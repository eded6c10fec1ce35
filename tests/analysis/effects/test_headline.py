"""The sentences on a whole comparison, each of their cases worked by hand."""

from __future__ import annotations

import pytest
from factories import records as made

from comparisons.analysis.effects.headline import (
    against_baseline,
    best_cells,
    fastest,
    headline,
)

BASELINE = "the best baseline, linear (0.110)"


def summary(errors, ms=None, seeds=3, baselines=True, frameworks=("pytorch",)):
    """Sine runs: cell -> its RMSE, plus 0.001 of a later seed; ms: of a row."""
    runs = [made.baselines(seed) for seed in range(seeds * baselines)]
    runs += [
        made.run(
            framework,
            cell,
            seed,
            rmse=error + seed / 1000,
            ms=(ms or {}).get(framework, 20.0) * (1 + seed / 1000),
        )
        for framework in frameworks
        for cell, error in errors.items()
        for seed in range(seeds)
    ]
    return made.summarized(runs)


@pytest.mark.parametrize(
    ("errors", "text"),
    [
        ({"gru": 0.05}, f"GRU outperforms {BASELINE}."),
        ({"gru": 0.05, "rnn": 0.06}, f"All cells outperform {BASELINE}."),
        ({"gru": 0.05, "rnn": 0.2}, f"Only GRU outperforms {BASELINE}."),
        (
            {"gru": 0.05, "lstm": 0.06, "rnn": 0.2},
            f"Only GRU and LSTM outperform {BASELINE}.",
        ),
        (
            {"gru": 0.2, "rnn": 0.3},
            f"No cell is significantly better than {BASELINE}.",
        ),
        (
            {"gru": 0.109},
            f"No cell is significantly better than {BASELINE}.",
        ),
    ],
)
def test_cells_that_outperform_the_best_baseline_are_named(errors, text):
    assert against_baseline(summary(errors)) == text


def test_one_seed_is_not_tested_against_the_baseline():
    name = "the best baseline, linear (0.110; not tested)"
    good = summary({"gru": 0.05}, seeds=1)
    assert against_baseline(good) == f"GRU outperforms {name}."
    bad = summary({"gru": 0.2, "rnn": 0.3}, seeds=1)
    assert against_baseline(bad) == f"No cell outperforms {name}."
    assert against_baseline(summary({"gru": 0.2}, baselines=False)) == ""


def test_cells_are_grouped_by_how_sure_their_distance_is():
    found = best_cells(summary({"gru": 0.05, "lstm": 0.07, "rnn": 0.09}))
    assert found == (
        "GRU reaches an RMSE of 0.0510, LSTM 0.02000 and RNN 0.04000 more "
        "(settled by 3 seeds)"
    )
    found = best_cells(summary({"gru": 0.05, "rnn": 0.09}, seeds=1))
    assert (
        found
        == "GRU reaches an RMSE of 0.0500, RNN 0.04000 more (one seed, no test)"
    )


def test_cells_of_one_score_are_named_together():
    found = best_cells(summary({"gru": 0.05, "lstm": 0.05, "rnn": 0.09}))
    assert found == (
        "GRU and LSTM reach an RMSE of 0.0510, RNN 0.04000 more (settled by 3 "
        "seeds)"
    )


def test_a_single_cell_has_its_score_alone():
    assert best_cells(summary({"gru": 0.05})) == "GRU reaches an RMSE of 0.0510"
    assert headline(made.summarized([made.broken()])) == "No run has a result."


@pytest.mark.parametrize(
    ("ms", "seeds", "text"),
    [
        (
            {"pytorch": 10.0, "jax": 20.0},
            3,
            "PyTorch trains fastest, 2.0 times as fast as JAX",
        ),
        (
            {"pytorch": 40.0, "jax": 20.0, "keras": 30.0},
            3,
            "JAX trains fastest, 1.5 to 2.0 times as fast as the others",
        ),
        (
            {"pytorch": 20.4, "jax": 20.0},
            1,
            "JAX trains fastest, 1.02 times as fast as PyTorch (one round, no "
            "test)",
        ),
    ],
)
def test_the_fastest_framework_is_named_with_its_ratios(ms, seeds, text):
    found = summary({"gru": 0.05}, ms, seeds, frameworks=tuple(ms))
    assert fastest(found) == text


def test_no_framework_is_fastest_where_cells_disagree():
    runs = [
        made.run(framework, cell, seed, ms=ms + seed / 100)
        for framework, cell, ms in (
            *(("pytorch", "gru", 10.0), ("jax", "gru", 20.0)),
            *(("pytorch", "rnn", 20.0), ("jax", "rnn", 10.0)),
        )
        for seed in range(3)
    ]
    found = made.summarized(runs)
    assert fastest(found) == "no framework trains every cell fastest"
    assert headline(found).endswith("; no framework trains every cell fastest.")
    assert fastest(summary({"gru": 0.05})) == ""


@pytest.mark.parametrize(
    ("spread", "note"),
    [
        ({"gru": 0.9, "rnn": 0.9}, "not settled"),
        ({"gru": 0.9, "rnn": 0.0}, "not settled for every cell"),
    ],
)
def test_a_ratio_that_is_not_settled_is_said(spread, note):
    """Rounds of JAX differ from those of PyTorch by more than their ratio."""
    runs = [
        made.run(framework, cell, seed, ms=ms * (1 + noise * (seed - 1)))
        for cell, noise in spread.items()
        for framework, ms, noise in (
            ("jax", 20.0, 0.0),
            ("pytorch", 30.0, noise),
        )
        for seed in range(3)
    ]
    assert f"({note}" in fastest(made.summarized(runs))

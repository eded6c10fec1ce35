"""The title of a picture says what is drawn, and claims no more."""

from dataclasses import replace

import pytest
from factories import records as made

from comparisons.analysis.curves import timed_rows
from comparisons.analysis.effects.effect import Effect
from comparisons.analysis.sweeps.sweep import TEST, VALIDATION, Point, Sweep
from comparisons.figures.curve_messages import epochs_message, seconds_message
from comparisons.figures.messages import (
    compile_message,
    cost_message,
    effects_message,
    steps_message,
)
from comparisons.figures.sweep_messages import map_message, sweep_message


def curve(cell, values, framework="pytorch", seconds=1.0, init="matched"):
    """A run whose epochs have these validation errors and last so long."""
    run = made.run(framework, cell, rmse=values[-1])
    run["spec"] = {"init": init}
    run["epochs"] = [
        {"epoch": n, "loss": 1.0, "seconds": seconds, "validation": v}
        for n, v in enumerate(values)
    ]
    return run


FAST, SLOW = (0.3, 0.2, 0.1), (0.4, 0.3, 0.2)


@pytest.mark.parametrize(
    ("runs", "epochs", "seconds"),
    [
        (
            [curve("gru", FAST), curve("rnn", SLOW, seconds=3.0)],
            "GRU is first to reach an RMSE of 0.200 in validation, after 2 "
            "epochs",
            "PyTorch GRU is first to reach an RMSE of 0.200 in validation, "
            "after 2 s",
        ),
        (
            [curve("gru", FAST), curve("rnn", FAST, seconds=0.5)],
            "All reach an RMSE of 0.100 in validation after 3 epochs",
            "PyTorch RNN is first to reach an RMSE of 0.100 in validation, "
            "after 1.5 s",
        ),
        (
            [curve("gru", FAST)],
            "GRU reaches an RMSE of 0.100 in validation after 3 epochs",
            "PyTorch GRU reaches an RMSE of 0.100 in validation, after 3 s",
        ),
        (
            [curve("gru", FAST, f, init="native") for f in ("pytorch", "jax")],
            "All reach an RMSE of 0.100 in validation after 3 epochs",
            "PyTorch GRU is first to reach an RMSE of 0.100 in validation, "
            "after 3 s",
        ),
    ],
)
def test_curves_say_who_is_first_to_be_as_good_as_all(runs, epochs, seconds):
    summary = made.summarized(runs)
    assert epochs_message(summary) == epochs
    assert seconds_message(summary) == seconds


def test_frameworks_that_are_no_one_model_are_named():
    runs = [
        curve("gru", FAST, "jax", init="native"),
        curve("gru", SLOW, init="native"),
    ]
    assert epochs_message(made.summarized(runs)).startswith("JAX GRU is first")


def test_the_best_score_is_said_with_its_cost():
    runs = [
        made.run(cell="gru", rmse=0.1, ms=20.0),
        made.run(cell="rnn", rmse=0.2, ms=10.0),
    ]
    summary = made.summarized(runs)
    rows = summary.rows
    assert cost_message(summary, rows, ["train_seconds"]) == (
        "PyTorch GRU reaches an RMSE of 0.100 in 0.6 s, PyTorch RNN 0.200 in "
        "0.3 s"
    )
    fields = ["train_seconds", "parameters"]
    assert cost_message(summary, rows, fields) == (
        "The best RMSE takes 2.0 times the training time of the cheapest row"
    )
    assert cost_message(summary, rows[1:], ["train_seconds"]).endswith("0.6 s")
    assert "also the cheapest" in cost_message(summary, rows[1:], fields)


def test_times_name_the_ends():
    steps = {
        ("jax", "gru"): (3, (1.0, 2.0, 2.88, 4.0, 5.0)),
        ("keras", "rnn"): (3, (1.0, 2.0, 15.2, 4.0, 5.0)),
    }
    assert steps_message(steps) == (
        "JAX GRU takes the shortest steps, 2.9 ms, Keras RNN the longest, 15 ms"
    )
    del steps["jax", "gru"]
    assert steps_message(steps) == "A training step of Keras RNN takes 15 ms"
    (one,) = timed_rows(made.summarized([made.run()]))
    longer = replace(one, row=replace(one.row, cell="gru", compile_seconds=5.0))
    assert compile_message([one, longer]) == "PyTorch GRU compiles longest, 5 s"


def effect(first, second, **fields):
    return Effect(first, second, "accuracy", 0.8, 0.7, 0.1, **fields)


@pytest.mark.parametrize(
    ("found", "text"),
    [
        (
            [effect("gru", "lstm"), effect("gru", "rnn")],
            "No difference between cells is settled",
        ),
        (
            [
                effect("gru", "lstm", equivalent=True),
                effect("gru", "rnn", settled=True),
                effect("lstm", "rnn"),
            ],
            "GRU is better than RNN; GRU and LSTM tie; 1 difference is not "
            "settled",
        ),
    ],
)
def test_only_what_is_settled_is_claimed(found, text):
    assert effects_message(found) == text


def sweep_of(split, other=""):
    groups = ("init native", "init matched") if other else ("",)
    lines = {
        ("jax", cell, group): [
            Point(lag, score - lag / 100, 0.0, 1.0) for lag in (1.0, 50.0)
        ]
        for cell, score in (("gru", 0.9), ("rnn", 0.6))
        for group in groups
    }
    return Sweep("lag", "accuracy", "higher", lines, {}, split, other)


def test_a_sweep_says_its_best_choice_or_how_scores_change():
    assert sweep_message(sweep_of(TEST)) == (
        "Accuracy from lag 1 to 50: GRU 89.0 % to 40.0 %, RNN 59.0 % to 10.0 %"
    )
    assert sweep_message(sweep_of(VALIDATION)) == (
        "JAX GRU reaches the best, 89.0 % accuracy in validation, at lag 1"
    )
    assert map_message(sweep_of(TEST, "init")) == (
        "At lag 50, cells reach on average 25.0 % with init matched and "
        "25.0 % with init native"
    )


def test_a_map_with_gaps_compares_only_what_all_rows_have():
    """Only GRU has lag 50 in both groups, and no cell has lag 90 in both."""
    whole = sweep_of(TEST, "init")
    lines = dict(whole.lines)
    lines["jax", "rnn", "init native"] = lines["jax", "rnn", "init native"][:1]
    late = Point(90.0, 0.2, 0.0, 1.0)
    first = lines["jax", "gru", "init native"]
    lines["jax", "gru", "init native"] = [*first, late]
    assert map_message(replace(whole, lines=lines)) == (
        "At lag 50, cells reach on average 40.0 % with init matched and "
        "40.0 % with init native"
    )
    lines = {
        place: [line[place[2] == "init native"]]
        for place, line in whole.lines.items()
    }
    assert map_message(replace(whole, lines=lines)) == (
        "JAX GRU reaches the best, 89.0 % accuracy, at lag 1, init matched"
    )

"""Runs as lines of numbers, and the curves over their epochs."""

import math

import pytest
from factories import records as made

from comparisons.analysis.curves import curve_of, curves_of, front, timed_rows
from comparisons.analysis.frame import (
    EPOCHS,
    RUNS,
    epochs_frame,
    measures,
    runs_frame,
)
from shared.exhibits import names
from shared.tasks import get_task


def epochs(*values, cell="lstm", seconds=0.2, **fields):
    """A run of these validation scores, ten steps an epoch."""
    listed = [
        {"epoch": n, "loss": 1.0 - 0.1 * n, "seconds": seconds, "validation": v}
        for n, v in enumerate(values)
    ]
    return made.run(cell=cell, epochs=listed, **fields)


def test_a_line_of_runs_has_times_without_compilation():
    run = made.run("jax", "gru", 3, 0.25)
    run["epochs"][0]["seconds"] = 1.5
    run["epochs"][2]["seconds"] = 0.4
    frame = runs_frame(made.typed([run, made.broken(seed=4)]), "rmse")
    assert tuple(frame.columns) == RUNS
    first, second = frame.drop(columns="record").to_dict("records")
    assert math.isnan(first.pop("device_memory_mb"))
    assert first == {
        "framework": "jax",
        "cell": "gru",
        "seed": 3,
        "status": "ok",
        "metric": 0.25,
        "step_ms": pytest.approx(30.0),  # of 20 and 40
        "train_seconds": pytest.approx(1.5 + 0.2 + 0.4 - 1.2),
        "compile_seconds": pytest.approx(1.5 - 10 * 0.03),
        "peak_memory_mb": 303.0,
        "parameters": 1121.0,
    }
    assert second["status"] == "failed"
    assert all(map(math.isnan, list(second.values())[4:]))
    assert all(frame[name].dtype == float for name in RUNS[5:])


def test_an_epoch_faster_than_the_others_compiles_for_no_time():
    run = made.run()
    run["epochs"][0]["seconds"] = 0.1
    frame = runs_frame(made.typed([run]), "rmse")
    assert frame["compile_seconds"].tolist() == [0.0]
    assert frame["train_seconds"].tolist() == pytest.approx([0.5])


def test_a_line_of_epochs_has_no_step_time_where_it_compiles():
    records = made.typed([epochs(0.5, None, seed=2), made.broken()])
    frame = epochs_frame(records)
    assert tuple(frame.columns) == EPOCHS
    first, second = frame.to_dict("records")
    common = {"framework": "pytorch", "cell": "lstm", "seed": 2}
    assert math.isnan(first.pop("step_ms"))
    assert first == common | {
        "epoch": 0,
        "loss": 1.0,
        "validation": 0.5,
        "seconds": 0.2,
    }
    assert math.isnan(second.pop("validation"))
    assert second == common | {
        "epoch": 1,
        "loss": 0.9,
        "seconds": 0.2,
        "step_ms": pytest.approx(20.0),
    }
    empty = epochs_frame(made.typed([made.broken()]))
    assert list(map(str, empty.dtypes[4:])) == ["float64"] * 4


def test_curves_have_the_unit_of_their_axis_and_the_order_of_the_rows():
    runs = [
        epochs(0.5, 0.8, task="names", scores={"accuracy": 0.8}),
        epochs(0.4, cell="gru", task="names", scores={"accuracy": 0.4}),
        epochs(None, cell="rnn", task="names", scores={"accuracy": 0.4}),
    ]
    summary = made.summarized(runs, [run["key"] for run in runs])
    assert names.metric(summary.task.validation_metric).scale == 100.0
    found = curves_of(summary)
    assert list(found) == [("pytorch", "lstm"), ("pytorch", "gru")]
    assert found["pytorch", "lstm"].mean == pytest.approx([50.0, 80.0])
    assert found["pytorch", "gru"].mean == pytest.approx([40.0])


def test_an_epoch_that_one_seed_lacks_is_the_mean_of_the_others():
    runs = [epochs(0.5, None), epochs(0.25, 0.75, 0.5, seed=1, seconds=0.4)]
    found = curve_of(made.summarized(runs).epochs, 2.0)
    assert found.mean == pytest.approx([0.75, 1.5])
    assert found.low == pytest.approx([0.5, 1.5])
    assert found.high == pytest.approx([1.0, 1.5])
    assert found.seconds == pytest.approx([0.3, 0.6])
    lost = [epochs(0.5, None, 0.1), epochs(0.5, None, 0.2, seed=1)]
    assert curve_of(made.summarized(lost).epochs, 1.0) is None


@pytest.mark.parametrize(("better", "sign"), [("lower", -1), ("higher", 1)])
def test_only_a_difference_worth_a_name_dominates(better, sign):
    """A score that is better by 0.0005 is as good, and by 0.01 it is not."""
    slightly, clearly = 1.0 + sign * 0.0005, 1.0 + sign * 0.01
    assert front([1, 2], [1.0, slightly], better) == [0]
    assert front([1, 2], [1.0, clearly], better) == [0, 1]
    assert front([1, 1], [slightly, 1.0], better) == [0, 1]
    assert front([1, 1], [clearly, 1.0], better) == [0]
    assert front([2, 1], [clearly, 1.0], better) == [0, 1]
    assert front([1, 1], [0.0, 0.0], better) == [0, 1]
    assert front([1, 2], [1.0, math.nan], better) == [0]


def test_the_epochs_of_a_row_are_those_of_its_first_seed():
    runs = [
        epochs(*[0.5] * 3, seed=1, steps_per_epoch=20),
        epochs(*[0.5] * 5, seed=0, steps_per_epoch=10),
        made.broken("failed", "jax"),
    ]
    summary = made.summarized(runs, [run["key"] for run in runs])
    (found,) = timed_rows(summary)
    assert found.row.place == ("pytorch", "lstm")
    assert found.epochs == 3
    # Steps of 10, 10, 20, 20, 20, and 20 ms, twenty an epoch.
    assert found.epoch_seconds == pytest.approx(0.4)


def test_times_vary_with_the_machine_and_counts_are_not_tested():
    found = measures(get_task("names"))
    assert [(m.title, m.better) for m in found] == [
        ("accuracy", "higher"),
        *((name, "lower") for name in ("ms/step", "train s", "compile s")),
        *((name, "lower") for name in ("peak MB", "parameters")),
    ]
    assert [m.title for m in found if m.timed] == ["ms/step", "train s"]
    assert {m.title: m.untested for m in found if m.untested} == {
        "compile s": "one number per process",
        "peak MB": "one number per process",
        "parameters": "a count",
    }
    texts = ["98.8 %", "0.99", "0.99", "0.99", "1", "1"]
    assert [m.text(0.988) for m in found] == texts

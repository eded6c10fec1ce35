"""One epoch is scored, saved, ranked, and in the table: the best validated."""

from __future__ import annotations

import importlib
import math
from dataclasses import replace

import numpy as np
import pytest
from factories.fakes.scripted import Scripted, epoch_of
from factories.specs import run_spec

from comparisons.analysis.curves import curves_of
from comparisons.analysis.summary import summarize
from comparisons.figures.lines import epoch_lines
from comparisons.records.checkpoints import load_checkpoint
from comparisons.records.record import record_of
from comparisons.report.plotly.traces import traces
from comparisons.runs.best_checkpoints import save_best
from comparisons.worker.data import load_dataset
from comparisons.worker.train import prepare, train_run
from shared.tasks import get_task, sized
from shared.tasks.fundamentals import sine

SINE = {"train_sequences": 380, "validation_sequences": 70}
SINE |= {"test_sequences": 20, "test_forecasts": 5}
ECHO = {"lag": 2, "steps": 12, "symbols": 4}
ECHO |= {"train_sequences": 64, "validation_sequences": 10}
ECHO |= {"test_sequences": 20}
DATA = {"sine": SINE, "echo": ECHO}


def off_by(split, score):
    """Forecasts whose RMSE is this score; half of them are exact."""
    outputs = split.y.astype(np.float64)
    outputs[: len(outputs) // 2 * 2 : 2] += score * math.sqrt(2)
    return outputs


def right_in(split, score):
    """Logits that are right in this share of the targets."""
    targets, mask = split.y.copy(), split.y >= 0
    wrong = np.arange(mask.sum()) >= round(score * mask.sum())
    targets[mask] = np.where(wrong, (targets[mask] + 1) % 4, targets[mask])
    return 5.0 * np.eye(4)[np.maximum(targets, 0)]


OUTPUTS = {"sine": off_by, "echo": right_in}
UP_AND_DOWN = {
    "sine": ([0.5, 0.3, 0.4, 0.2, 0.2, 0.6, 0.7], [0.8, 0.1, 0.9, 0.6]),
    "echo": ([0.5, 0.7, 0.6, 0.8, 0.8, 0.4, 0.3], [0.2, 0.9, 0.1, 0.4]),
}
"""Task -> scores on validation, of which the fourth is the first best, and on
test, where another epoch would be better."""


def trained(folder, task, validation, test, seed=0, patience=3, epochs=7):
    """The record of a scripted run, its checkpoint in the folder."""
    run = run_spec(
        *(task, "pytorch", "rnn", seed),
        data=DATA[task],
        train={"patience": patience, "epochs": epochs},
    )
    run = sized(run, load_dataset(run))
    test = np.resize(test, len(validation))
    implementation = Scripted(
        load_dataset(run), OUTPUTS[task], validation=validation, test=test
    )
    file = folder / "checkpoints" / f"{seed}.safetensors"
    fields = train_run(run, implementation, lambda message: None, file)
    return record_of(
        *("run", f"run {seed}", run, "compare.py"), versions={}, **fields
    )


@pytest.mark.parametrize("task", ["sine", "echo"])
def test_the_epoch_is_the_same_from_early_stopping_to_the_table(task, tmp_path):
    validation, test = UP_AND_DOWN[task]
    run = trained(tmp_path, task, validation, test)
    metric, best = get_task(task).metric, 3  # the first of two
    assert len(run.epochs) == best + 1 + 3  # patience
    assert run.best_epoch == best
    for epoch, value in zip(run.epochs, validation):
        assert epoch.validation == pytest.approx(value, abs=0.01)
    assert run.validation == run.epochs[best].validation
    assert run.scores[metric] == pytest.approx(test[best], abs=0.01)
    assert save_best(tmp_path, [run], [run.key]) == []
    for place in ("checkpoints/0.safetensors", "best/pytorch-rnn"):
        saved = load_checkpoint(tmp_path / place)
        assert epoch_of(saved.weights) == best
        assert saved.result["epoch"] == best
        assert saved.result["validation"] == run.validation
    summary = summarize([run])
    (row,) = summary.rows
    assert row.metric_mean == run.scores[metric]
    (curve,) = curves_of(summary).values()
    scale = 100 if metric == "accuracy" else 1
    assert curve.mean[best] == pytest.approx(scale * run.validation)
    ((line,),) = epoch_lines(summary).values()
    assert line.marks == [(best + 1, curve.mean[best])]
    *_, circles = traces(line)
    assert (circles["mode"], circles["x"]) == ("markers", [best + 1])
    assert circles["y"] == [curve.mean[best]]


@pytest.mark.parametrize("task", ["sine", "echo"])
def test_the_best_first_epoch_is_kept(task, tmp_path):
    validation, test = UP_AND_DOWN[task]
    run = trained(tmp_path, task, sorted(validation), test, patience=2)
    if get_task(task).better == "higher":
        validation = sorted(validation, reverse=True)
        run = trained(tmp_path, task, validation, test, patience=2)
    assert run.best_epoch == 0
    assert len(run.epochs) == 3
    assert run.validation == run.epochs[0].validation
    saved = load_checkpoint(tmp_path / "checkpoints" / "0.safetensors")
    assert (epoch_of(saved.weights), saved.result["epoch"]) == (0, 0)


@pytest.mark.parametrize("task", ["sine", "echo"])
def test_without_patience_the_last_epoch_is_reported(task, tmp_path):
    validation, test = UP_AND_DOWN[task]
    run = trained(tmp_path, task, validation, test, patience=0)
    last = len(validation) - 1
    assert run.best_epoch is None
    ((line,),) = epoch_lines(summarize([run])).values()
    assert not line.marks
    assert run.validation == run.epochs[last].validation
    found = run.scores[get_task(task).metric]
    assert found == pytest.approx(np.resize(test, 7)[last], abs=0.01)
    saved = load_checkpoint(tmp_path / "checkpoints" / "0.safetensors")
    assert epoch_of(saved.weights) == saved.result["epoch"] == last


@pytest.mark.parametrize("task", ["sine", "echo"])
def test_the_seed_of_the_best_validation_is_kept_not_of_the_best_test(
    task, tmp_path
):
    validation, test = UP_AND_DOWN[task]
    better = -0.05 if task == "sine" else 0.05
    runs = [
        trained(tmp_path, task, validation, test),
        trained(tmp_path, task, np.add(validation, better), test[::-1], 1),
        trained(tmp_path, task, np.subtract(validation, better), test, 2),
    ]
    assert save_best(tmp_path, runs, [run.key for run in runs]) == []
    saved = load_checkpoint(tmp_path / "best" / "pytorch-rnn")
    assert saved.run.seed == 1
    scores = [run.scores[get_task(task).metric] for run in runs]
    assert scores[0] == scores[2] != scores[1]
    # Run again with a worse result: the old record no longer counts.
    again = trained(tmp_path, task, np.subtract(validation, better), test, 1)
    assert save_best(tmp_path, [*runs, again], [r.key for r in runs]) == []
    assert load_checkpoint(tmp_path / "best" / "pytorch-rnn").run.seed == 0


def test_a_monitored_score_has_a_direction_of_its_own(tmp_path, monkeypatch):
    """Of the metric lower is better, of what is monitored higher."""
    task = replace(sine.TASK, monitor=("mae", "higher"))
    monkeypatch.setattr(sine, "TASK", task)
    validation, test = [0.5, 0.7, 0.6, 0.9, 0.3, 0.2], [0.4]
    run = trained(tmp_path, "sine", validation, test, patience=2)
    assert (run.best_epoch, len(run.epochs)) == (3, 6)
    assert run.validation == pytest.approx(0.9 / math.sqrt(2), abs=0.01)
    lower = np.subtract(validation, 0.1)
    other = trained(tmp_path, "sine", lower, test, 1, patience=2)
    runs = [other, run]
    assert save_best(tmp_path, runs, [one.key for one in runs]) == []
    saved = load_checkpoint(tmp_path / "best" / "pytorch-rnn")
    assert saved.run.seed == 0
    assert saved.result["metric"] == "mae"


@pytest.mark.parametrize("bad", [math.inf, math.nan])
def test_a_score_that_is_not_finite_is_no_result(tmp_path, bad):
    run = trained(tmp_path, "sine", [0.5, 0.4, 0.3], [bad], epochs=3)
    assert run.status == "diverged"
    assert "not every score is finite" in run.error


@pytest.mark.parametrize("init", ["matched", "native"])
def test_a_run_configures_its_framework_by_its_seed(init):
    """By it native weights are drawn."""
    run = run_spec(*("sine", "pytorch", "rnn", 3), data=SINE, threads=2)
    run = replace(run, init=init, precision="float64", device="cpu")
    implementation = Scripted(load_dataset(run), off_by)
    prepare(run, implementation, lambda message: None)
    assert implementation.configured == ("cpu", 2, "float64", 3)


def test_one_score_that_is_not_finite_is_enough(tmp_path, monkeypatch):
    def score(outputs, part, dataset):
        return {"rmse": 0.1, "mae": math.nan if part == "test" else 0.1}

    monkeypatch.setattr(sine, "TASK", replace(sine.TASK, score=score))
    run = trained(tmp_path, "sine", [0.5, 0.4, 0.3], [0.1], epochs=3)
    assert run.status == "diverged"
    assert "not every score is finite" in run.error


@pytest.mark.parametrize("bad", [math.inf, -math.inf, math.nan])
def test_a_loss_that_is_not_finite_ends_the_run(tmp_path, monkeypatch, bad):
    monkeypatch.setattr(Scripted, "loss", lambda self, epoch: [1.0, bad][epoch])
    run = trained(tmp_path, "sine", [0.5, 0.4, 0.3], [0.1], epochs=3)
    assert run.status == "diverged"
    assert run.error == f"the loss of epoch 1 is {bad}"
    assert [epoch.validation is None for epoch in run.epochs] == [False, True]


@pytest.mark.parametrize(
    ("package", "task"),
    [
        ("pytorch_impl", "sine"),
        ("pytorch_impl", "echo"),
        ("keras_impl", "echo"),
        ("jax_impl", "echo"),
    ],
)
def test_a_real_training_reports_what_its_checkpoint_scores(
    package, task, tmp_path
):
    # A large rate soon leaves the best epoch behind.
    train = {"learning_rate": 0.3, "lr_schedule": "constant", "patience": 2}
    run = run_spec(
        *(task, package.removesuffix("_impl"), "rnn", 3),
        model={"hidden_size": 8},
        train={**train, "epochs": 40},
        data=DATA[task],
        threads=1,
    )
    run = sized(run, dataset := load_dataset(run))
    implementation = importlib.import_module(package)
    file = tmp_path / "a.safetensors"
    fields = train_run(run, implementation, lambda message: None, file)
    values = [epoch["validation"] for epoch in fields["epochs"]]
    definition = get_task(task)
    lower = definition.better == "lower"
    best = int(np.argmin(values) if lower else np.argmax(values))
    assert fields["best_epoch"] == best < len(values) - 1
    saved = load_checkpoint(file)
    assert saved.result["epoch"] == best
    assert saved.result["validation"] == values[best] != values[-1]
    model = implementation.build_model(saved.model)
    implementation.load_weights(model, saved.weights)
    for part, expected in (
        ("validation", values[best]),
        ("test", fields["scores"][definition.metric]),
    ):
        outputs = implementation.predict(model, getattr(dataset, part).x, None)
        found = definition.score(outputs, part, dataset)[definition.metric]
        assert found == pytest.approx(expected, rel=1e-5)

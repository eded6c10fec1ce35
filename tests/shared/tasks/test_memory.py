"""Memory tasks: data, scores, and the baseline without memory."""

from __future__ import annotations

import numpy as np
import pytest

from shared.errors import SpecError
from shared.specs import ModelSpec
from shared.tasks import get_task
from shared.tasks.memory import adding, copy, echo
from shared.weights.init import initial_weights

FEW = {
    "train_sequences": 40,
    "validation_sequences": 30,
    "test_sequences": 2000,
}
LOADS = {
    "echo": (echo, echo.EchoData(lag=3, **FEW)),
    "adding": (adding, adding.AddingData(steps=9, **FEW)),
    "copy": (copy, copy.CopyData(steps=4, **FEW)),
}


def test_an_echo_is_the_token_lag_steps_before():
    data = echo.EchoData(lag=3, symbols=5, **FEW)
    train = echo.load(data, 0).train
    assert train.x.shape == (40, 3 + echo.TARGETS, 1)
    assert train.y.shape == (40, 3 + echo.TARGETS)
    assert (train.y[:, :3] == -1).all()
    assert (train.y[:, 3:] == train.x[:, :-3, 0]).all()
    assert set(train.x.flat) == set(range(5))


def test_sums_are_of_the_marked_numbers():
    split = adding.load(adding.AddingData(steps=9, **FEW), 0).test
    numbers, marks = split.x[..., 0], split.x[..., 1]
    assert (marks.sum(axis=1) == 2).all()
    assert (marks[:, :4].sum(axis=1) == 1).all()
    assert split.y[:, 0] == pytest.approx((numbers * marks).sum(axis=1))
    assert split.y.dtype == np.float32
    counts = marks.sum(axis=0)
    assert counts[:4].std() < 0.1 * counts[:4].mean()
    assert counts[4:].std() < 0.1 * counts[4:].mean()


def test_the_last_ten_targets_copy_the_first_ten_inputs():
    split = copy.load(copy.CopyData(steps=4, **FEW), 0).train
    read, due = split.x[..., 0], split.y
    assert read.shape == due.shape == (40, 24)
    assert (due[:, -10:] == read[:, :10]).all()
    assert (due[:, :-10] == copy.BLANK).all()
    assert (read[:, 10:13] == copy.BLANK).all()
    assert (read[:, 13:] == copy.SIGNAL).all()
    assert set(read[:, :10].flat) == set(range(1, 9))


@pytest.mark.parametrize("name", LOADS)
def test_splits_differ_and_repeat_by_seed(name):
    task, data = LOADS[name]
    one, again, other = (task.load(data, seed) for seed in (0, 0, 1))
    assert (one.train.x == again.train.x).all()
    assert not (one.train.x == other.train.x).all()
    assert not (one.train.x[:30] == one.validation.x).all()


@pytest.mark.parametrize("name", LOADS)
def test_the_baseline_is_the_score_of_a_constant_prediction(name):
    """The closed form equals the score of a constant prediction."""
    task, data = LOADS[name]
    dataset = task.load(data, 0)
    (expected,) = task.baselines(dataset).values()
    constant = {
        "echo": np.zeros((2000, 33, 8)),
        "adding": np.ones((2000, 1)),
        "copy": blank_then_any(dataset),
    }[name]
    found = task.score(constant, "test", dataset)
    # The worst of them deviates by 1 / sqrt(2000) of its spread, about 2 %.
    for metric in {"loss", "mse", "mae"} & expected.keys():
        assert found[metric] == pytest.approx(expected[metric], rel=0.05)


def blank_then_any(dataset):
    """Logits (N, T, 9): certain blanks, then uniform over the symbols."""
    logits = np.full((*dataset.test.y.shape, 9), -40.0)
    logits[:, :-10, copy.BLANK] = 0.0
    logits[:, -10:, 1:] = 0.0
    return logits


@pytest.mark.parametrize("name", ["echo", "copy"])
def test_perfect_predictions_have_no_loss(name):
    task, data = LOADS[name]
    dataset = task.load(data, 0)
    y = dataset.test.y
    logits = 50.0 * (y[..., None] == np.arange(dataset.output_size))
    found = task.score(logits, "test", dataset)
    assert found["loss"] == pytest.approx(0.0, abs=1e-9)
    for metric in found.keys() - {"loss"}:
        assert found[metric] == 1.0
    wrong = task.score(np.roll(logits, 1, axis=2), "test", dataset)
    assert wrong["loss"] > 40


def test_a_report_shows_one_sequence_and_its_predictions():
    dataset = echo.load(echo.EchoData(lag=3, **FEW), 0)
    outputs = np.eye(8)[np.maximum(dataset.test.y, 0)]
    example = echo.details(outputs, dataset)["example"]
    assert example["predicted"] == example["target"]
    assert example["predicted"].split()[:3] == ["."] * 3
    assert example["predicted"].split()[3:] == example["input"].split()[:-3]


@pytest.mark.parametrize(
    ("make", "text"),
    [
        (lambda: echo.EchoData(lag=9, steps=9), "lag 9 must be less than s"),
        (lambda: echo.EchoData(lag=0), "lag must be at least 1, not 0"),
        (lambda: echo.EchoData(symbols=1), "symbols must be at least 2"),
        (lambda: adding.AddingData(steps=1), "steps must be at least 2"),
        (lambda: copy.CopyData(steps=0), "steps must be at least 1"),
    ],
)
def test_impossible_options_are_refused(make, text):
    with pytest.raises(SpecError, match=text):
        make()


@pytest.mark.parametrize(
    ("cell", "field", "place"),
    [("lstm", "forget_bias", 1), ("gru", "update_bias", 1)],
)
def test_the_retention_gate_has_the_initial_bias_of_the_spec(
    cell, field, place
):
    spec = ModelSpec(cell=cell, hidden_size=3, num_layers=2, **{field: 2.5})
    weights = initial_weights(spec, 0)
    for layer in (0, 1):
        gates = weights[f"rnn.{layer}.b_ih"].reshape(-1, 3)
        assert (gates[place] == 2.5).all()
        assert not np.delete(gates, place, axis=0).any()


def test_the_copy_task_has_an_initial_retention_bias():
    model = get_task("copy").model
    assert (model.forget_bias, model.update_bias) == (3.0, 2.0)

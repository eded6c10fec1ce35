"""What a run passes on to its parts, and what the records refuse."""

from dataclasses import replace

import pytest
from factories.specs import run_spec

from shared.errors import SpecError
from shared.specs import ModelSpec, TrainSpec, cosine_training


def test_model_and_training_have_cell_initialization_and_seed_of_the_run():
    run = run_spec("sine", "jax", "gru", seed=7, init="native")
    assert (run.model.cell, run.model.init) == ("gru", "native")
    assert run.train.seed == 7
    other = replace(run, cell="rnn", init="matched", seed=2)
    assert (other.model.cell, other.model.init) == ("rnn", "matched")
    assert other.train.seed == 2


@pytest.mark.parametrize(
    "model", ["language_model", "frame_model", "sequence_forecaster"]
)
def test_a_model_that_would_see_its_targets_is_refused(model):
    with pytest.raises(SpecError, match="cannot be bidirectional"):
        ModelSpec(model, bidirectional=True)


def test_padding_has_an_index_where_sequences_are_read_whole():
    indices = {
        model: ModelSpec(model).padding_index
        for model in ("classifier", "tagger", "language_model", "seq2seq")
    }
    assert indices == {
        "classifier": 0,
        "tagger": 0,
        "language_model": None,
        "seq2seq": None,
    }


@pytest.mark.parametrize("optimizer", ["adam", "rmsprop", "sgd"])
def test_weight_decay_is_refused_where_nothing_decays(optimizer):
    with pytest.raises(SpecError, match="needs optimizer adamw"):
        TrainSpec(optimizer=optimizer, weight_decay=0.1)
    assert TrainSpec(optimizer="adamw", weight_decay=0.1).weight_decay == 0.1


def test_two_clippings_are_refused():
    with pytest.raises(SpecError, match="exclude each other"):
        TrainSpec(clip_norm=1.0, clip_value=0.5)


def test_the_training_of_most_tasks():
    found = cosine_training(epochs=3)
    assert (found.lr_schedule, found.clip_norm) == ("cosine", 1.0)
    assert found.clip_value == 0.0


@pytest.mark.parametrize(
    ("task", "fields", "loss"),
    [
        ("sine", {}, "forecaster, squared error"),
        ("tagging", {"model": {"crf": True}}, "tagger, crf"),
        ("speech", {}, "speech recognizer, ctc"),
    ],
)
def test_labels_are_smoothed_only_where_the_loss_has_some(task, fields, loss):
    smoothed = {**fields, "train": {"label_smoothing": 0.1}}
    with pytest.raises(SpecError, match=f"the loss of this {loss}"):
        run_spec(task, "jax", "gru", **smoothed)
    for other in ("echo", "charlm", "sentiment", "translate"):
        run_spec(other, "jax", "gru", train={"label_smoothing": 0.1})

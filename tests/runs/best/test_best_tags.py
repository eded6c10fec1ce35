"""Taggers with a CRF are scored, stored, and used by their best tags."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from factories.specs import run_spec
from factories.tagged import made

import pytorch_impl
from comparisons.worker import inference
from comparisons.worker.jobs import Job
from comparisons.worker.recorder import Recorder
from comparisons.worker.scoring import score_checkpoint
from comparisons.worker.tags import best_tags, tag_outputs
from comparisons.worker.train import prepare, train_run
from shared.errors import DataError
from shared.reference import crf as reference
from shared.tasks import get_task, sized
from shared.tasks.tagging.codec import decode, encode, metadata
from shared.text.schemes import allowed_tags
from shared.weights.checkpoints import Checkpoint, save_checkpoint
from shared.weights.init import initial_weights

TRAIN = ("Ann/B-per Lee/I-per saw/O Rome/B-loc", "Bo/B-per saw/O it/O") * 4
TEST = ("Ann/B-per saw/O Old/B-loc Rome/I-loc", "it/O")


@pytest.fixture
def run(monkeypatch):
    """A run whose data are a few sentences, and these data."""
    dataset = made(TRAIN, TEST, word_shapes=True)
    task = get_task("tagging", "f1")
    for module in ("data", "train", "scoring"):
        name = f"comparisons.worker.{module}.load_dataset"
        monkeypatch.setattr(name, lambda run: dataset)
    options = {
        "model": {"crf": True, "hidden_size": 4, "char_hidden_size": 2},
        "train": {"epochs": 2, "batch_size": 2, "patience": 2},
    }
    run = run_spec("tagging", "pytorch", "rnn", threads=1, **options)
    assert task.metric == dataset.metric
    return sized(run, dataset), dataset


def invalid(weights):
    """Weights by which I-loc follows everything, and begins a sentence."""
    best = {name: np.zeros_like(w) for name, w in weights.items()}
    best["crf.start"][2:] = 9.0  # I-loc, I-per, O of five
    best["crf.transitions"][:, 2] = 9.0
    return {**weights, **{n: best[n] for n in reference.CRF_WEIGHTS}}


def test_validation_and_test_are_scored_by_allowed_tags(run):
    spec, dataset = run
    recorder: Recorder = prepare(spec, pytorch_impl, lambda message: None)
    weights = invalid(initial_weights(spec.model, 0))
    pytorch_impl.load_weights(recorder.model, weights)
    classes = dataset.metadata["classes"]
    assert classes == ["B-loc", "B-per", "I-loc", "I-per", "O"]
    test = dataset.test
    emissions = pytorch_impl.predict(recorder.model, test.x, test.lengths)
    allowed = allowed_tags(spec.model, dataset.metadata)
    assert not allowed[-1, 2]
    assert not allowed[4, 2]
    expected = reference.viterbi(
        spec.model, weights, emissions, test.lengths, allowed
    )
    found = recorder.outputs(test).argmax(axis=2)
    assert (found == expected)[test.y >= 0].all()
    unconstrained = np.ones_like(allowed)
    other = best_tags(
        *(pytorch_impl, recorder.model, emissions, test.lengths),
        unconstrained,
    )
    assert (other[:, 0] == 2).any() or (other == 2).any()
    assert (other != expected).any()


def test_short_sentences_have_no_tags_past_their_ends(run):
    spec, dataset = run
    model = prepare(spec, pytorch_impl, lambda message: None).model
    allowed = allowed_tags(spec.model, dataset.metadata)
    emissions = np.random.default_rng(0).normal(size=(300, 40, 5))
    lengths = np.r_[np.full(280, 3), np.full(20, 40)].astype(np.int32)
    found = best_tags(pytorch_impl, model, emissions, lengths, allowed)
    inside = np.arange(40) < lengths[:, None]
    assert ((found >= 0) == inside).all()


def test_a_stored_tagger_predicts_and_scores_by_its_best_tags(run, tmp_path):
    spec, dataset = run
    weights = invalid(initial_weights(spec.model, 0))
    stored = metadata(dataset)
    path = tmp_path / "tagger.safetensors"
    save_checkpoint(path, Checkpoint(spec, spec.model, weights, stored))
    text = "Ann saw Old Rome"
    x, lengths = encode(text, stored)
    fields = {"path": str(path), "x": x, "lengths": lengths}
    job = Job(spec, pytorch_impl, fields)
    outputs = inference.predict_examples(job)["outputs"]
    labels = [one.label for one in decode(outputs, text, stored)]
    assert labels[0][0] in "BO"
    for before, label in pairwise(labels):
        if label[0] == "I":
            assert before[2:] == label[2:]
    answer = score_checkpoint(Job(spec, pytorch_impl, {"path": str(path)}))
    _, model = job.trained()
    allowed = allowed_tags(spec.model, stored)
    test = dataset.test
    subject = pytorch_impl, model, test.x, test.lengths
    expected = get_task("tagging", "f1").score(
        tag_outputs(*subject, allowed), "test", dataset
    )
    assert answer["scores"] == expected
    assert answer["deviation"] < 1e-5


def test_a_training_records_the_scores_of_its_best_tags(run):
    spec, _ = run
    record = train_run(spec, pytorch_impl, lambda message: None)
    assert record["status"] == "ok"
    assert record["checks"]["parameters_match"]
    assert len(record["inference_seconds"]) == 50


def test_other_models_are_scored_by_their_outputs(run):
    spec, dataset = run
    plain = sized(
        run_spec("tagging", "pytorch", "rnn", threads=1), dataset
    ).model
    assert allowed_tags(plain, dataset.metadata) is None
    assert allowed_tags(spec.model, None).all()


def test_tags_that_no_crf_can_score_are_refused():
    options = {"model": {"crf": True}}
    run = run_spec("tagging", "pytorch", "rnn", **options)
    with pytest.raises(DataError, match="the data have a single tag"):
        sized(run, made(("a/O b/O",), ("a/O",)))
    run = run_spec("echo", "pytorch", "rnn", **options)
    with pytest.raises(DataError, match="needs a tag at every step"):
        sized(run, get_task("echo").load(run.data, 0))

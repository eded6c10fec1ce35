"""The tagging task: its options, its text, a training."""

from __future__ import annotations

import dataclasses
import json

import numpy as np
import pytest
from factories.specs import run_spec
from factories.tagged import guessing, made

import pytorch_impl
from comparisons.worker.data import load_dataset
from comparisons.worker.train import train_run
from shared.errors import SpecError
from shared.tasks import get_task, sized
from shared.tasks.tagging.codec import decode, encode, metadata, words_of
from shared.tasks.tagging.data import TaggingData

TASK = get_task("tagging")
PARTS = ("train", "validation", "test")


def test_presets_and_flags_override_the_training_of_a_data_set():
    def epochs(preset="standard", dataset="wnut17", **train):
        options = {"preset": preset, "train": train}
        data = {"dataset": dataset}
        run = run_spec("tagging", "jax", "gru", data=data, **options)
        return run.train.epochs

    assert epochs(dataset="ewt") == TASK.train.epochs == 3
    assert epochs() == 12
    assert epochs(preset="quick") == 2
    assert epochs(epochs=4) == 4


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("A well-known man .", ["A", "well-known", "man", "."]),
        ("A well-known man", ["A", "well", "-", "known", "man"]),
        ("I don't know.", ["I", "do", "n't", "know", "."]),
        ("I ca n't say e.g. why .", ["I", "ca", "n't", "say", "e.g.", "why"]),
        ("It\u2019s 3.5 EUR", ["It", "'s", "3.5", "EUR"]),
        ("See www.a.org/b!", ["See", "www.a.org/b", "!"]),
        ("The U.S. won", ["The", "U.S.", "won"]),
        ("@ann: #fun (a@b.org)", ["@ann", ":", "#fun", "(", "a@b.org", ")"]),
    ],
)
def test_text_is_split_into_words_once(text, words):
    assert words_of(text)[: len(words)] == words


def test_text_without_a_word_is_refused():
    with pytest.raises(SpecError, match="has no word"):
        words_of("  ")


def test_text_is_encoded_like_the_data():
    dataset = made()
    stored = json.loads(json.dumps(metadata(dataset)))
    x, lengths = encode("the Dog saw internationalisation", stored)
    assert (x == dataset.test.x[:1, :4]).all()
    assert not dataset.test.x[:1, 4:].any()
    assert lengths.tolist() == [4]
    outputs = guessing(dataset, "D N V A")[:1, :4]
    found = decode(outputs, "the Dog saw it", stored)
    assert [(one.text, one.label) for one in found] == [
        *(("the", "D"), ("Dog", "N"), ("saw", "V"), ("it", "A")),
    ]
    assert found[0].probability == pytest.approx(np.exp(5) / (np.exp(5) + 3))


def test_a_small_training_beats_the_majority(data_dir):
    run = run_spec(
        *("tagging", "pytorch", "gru"),
        threads=1,
        model={"hidden_size": 32, "embedding_size": 32},
        train={"epochs": 2},
        data={"train_sentences": 1600, "steps": 32, "test_sentences": 300},
    )
    run = sized(run, load_dataset(run))
    record = train_run(run, pytorch_impl, lambda message: None)
    assert record["metric"] == "accuracy"
    assert all(record["checks"].values())
    # One tag for all words has 0.16, of the unseen ones 0.36 (300 sentences:
    # 3,800 and 490 words); two seeds gave 0.69 and 0.52 or more.
    assert record["scores"]["accuracy"] > 0.6
    assert record["scores"]["unseen_accuracy"] > 0.4


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"dataset": "wnut7"}, "did you mean 'wnut17'"),
        ({"char_steps": 0}, "char_steps must be at least 1"),
        ({"min_count": 0}, "min_count must be at least 1"),
    ],
)
def test_impossible_options_are_refused(changes, words):
    with pytest.raises(SpecError, match=words):
        dataclasses.replace(TaggingData(), **changes)

"""Tagged sentences as arrays: words, characters, tags, chunks."""

from __future__ import annotations

import json

import numpy as np
import pytest
from factories.tagged import TRAIN, made, sentence

from shared.batching.batches import epoch_batches
from shared.datasets import ewt, wnut17
from shared.specs import TrainSpec
from shared.tasks import get_task
from shared.tasks.tagging.data import TaggingData
from shared.tasks.tagging.tagging import load
from shared.text.splits import subset
from shared.text.words.characters import Spelling, ends_of

TASK = get_task("tagging")
PARTS = ("train", "validation", "test")


def test_words_become_indices_and_tags_are_padded_with_minus_one():
    dataset = made()
    x, y, lengths = dataset.test
    assert dataset.metadata["classes"] == ["A", "D", "N", "V"]
    assert (x.dtype, y.dtype, lengths.dtype) == (np.int32,) * 3
    assert y.tolist() == [[1, 2, 3, 2], [0, -1, -1, -1]]
    assert lengths.tolist() == [4, 1]
    # The most frequent first, without capitals; what is rare is unknown.
    words = dataset.arrays["vocabulary"].tolist()
    assert words == ["the", "saw", "cat", "dog", "a"]
    assert x[0, :, 0].tolist() == [2, 5, 3, 1]
    assert x[1].tolist()[1:] == [[0] * 7] * 3
    assert dataset.input_size == 7
    assert dataset.output_size == 4


def test_long_words_keep_both_ends_and_characters_their_case():
    dataset = made()
    characters = dataset.arrays["characters"].tolist()
    # Each occurs in two different words or more; T, c and w do not.
    assert characters == ["a", "e", "g", "h", "t"]
    assert dataset.char_size == 7
    capital, small = dataset.train.x[0, 0], dataset.train.x[0, 3]
    assert capital.tolist() == [2, 1, 5, 3, 0, 0, 0]
    assert small.tolist() == [2, 6, 5, 3, 0, 0, 0]
    long = dataset.test.x[0, 3, 1:]
    index = {character: i for i, character in enumerate(characters, 2)}
    spelt = [index.get(c, 1) for c in "int" + "ion"]
    assert long.tolist() == spelt
    assert dataset.metadata["test_words_cut"] == 1 / 5


@pytest.mark.parametrize(
    ("word", "size", "expected"),
    [
        ("abc", 3, "abc"),
        ("abcd", 3, "abd"),
        ("abcdefgh", 4, "abgh"),
        ("abcd", 1, "a"),
    ],
)
def test_the_ends_of_a_word(word, size, expected):
    assert ends_of(word, size) == expected


def test_long_sentences_are_cut_in_training_alone():
    dataset = made(steps=3)
    assert dataset.train.lengths.tolist() == [3, 2, 3, 3, 2]
    assert dataset.metadata["sentences_in_pieces"] == 2
    words = [w for row in dataset.arrays["words_train"] for w in row]
    assert words == [w for text in TRAIN for w in sentence(text).words]
    assert dataset.test.lengths.tolist() == [4, 1]
    assert dataset.metadata["test_sentences_in_train"] == 0


def test_a_subset_keeps_the_order_and_zero_keeps_all():
    sentences = [sentence(f"w{number}/N") for number in range(50)]
    some = subset(sentences, 10, 0)
    assert len(some) == 10
    assert some == sorted(some, key=sentences.index)
    assert some != sentences[:10]
    assert subset(sentences, 10, 1) != some
    assert subset(sentences, 0, 0) == subset(sentences, 99, 0) == sentences


def test_a_batch_cuts_tags_like_words():
    train = [" ".join(["a/D"] * length) for length in range(1, 41)]
    split = made(train=train, steps=64).train
    batches = list(epoch_batches(split, TrainSpec(batch_size=8), 0))
    assert min(batch.x.shape[1] for batch in batches) < 40
    for x, y, lengths, _ in batches:
        assert x.shape[:2] == y.shape
        assert ((y >= 0).sum(axis=1) == lengths).all()


@pytest.mark.parametrize(
    ("module", "train", "baseline"),
    [(ewt, 204_577, 0.8669), (wnut17, 62_730, 0.0902)],
)
def test_real_data_lose_no_word(data_dir, module, train, baseline):
    name = module.__name__.rpartition(".")[2]
    dataset = load(TaggingData(dataset=name), 0)
    parts, hashes = module.load()
    assert dataset.hashes == hashes
    assert dataset.train.lengths.sum() == train
    for part in PARTS:
        _, y, lengths = getattr(dataset, part)
        classes = np.array(dataset.metadata["classes"])
        tags = [tag for s in parts[part] for tag in s.tags]
        assert classes[y[y >= 0]].tolist() == tags
        assert lengths.sum() == len(tags)
    found = TASK.baselines(dataset)["most frequent tag of each word"]
    assert found[dataset.metric] == pytest.approx(baseline, abs=5e-5)


def test_a_spelling_round_trips_through_its_metadata():
    assert Spelling.learn([["Tom", "Tim"]], 2, 5).metadata() == {
        "words": [],
        "characters": ["T", "m"],
        "char_steps": 5,
    }
    rows = [sentence(text).words for text in TRAIN]
    first = Spelling.learn(rows, 1, 5)
    again = Spelling.of(json.loads(json.dumps(first.metadata())))
    (x, lengths), (same, ends) = first.encode(rows), again.encode(rows)
    assert (x == same).all()
    assert (lengths == ends).all()
    assert not (x[:, :, 0] == 1).any()

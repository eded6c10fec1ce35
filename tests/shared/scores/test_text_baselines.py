"""Baselines of text, on small sentences and on the real data."""

from __future__ import annotations

import numpy as np
import pytest

from shared import metrics
from shared.datasets import ewt, imdb, sst2, wnut17
from shared.tasks.classification import baselines
from shared.tasks.tagging.entities import entity_scores
from shared.tasks.tagging.scores import most_frequent_tags
from shared.text.tokens import gather, unseen

TRAIN = ["The", "can", "can", "rust", "they", "can", "Rust", "cat", "dog"]
TAGS = ["DET", "NOUN", "AUX", "VERB", "PRON", "AUX", "PROPN", "NOUN", "NOUN"]


def test_a_word_has_its_most_frequent_tag():
    test = ["the", "can", "rust", "RUST", "Rust", "cow", "they"]
    found = most_frequent_tags(TRAIN, TAGS, test)
    assert found == ["DET", "AUX", "VERB", "VERB", "PROPN", "NOUN", "PRON"]


def test_the_majority_is_predicted_for_every_text():
    labels = np.array([1, 1, 0, 1])
    outputs = baselines.majority(labels, 2)
    assert outputs == pytest.approx(np.full((2, 1), np.log(3)))
    assert metrics.accuracy(outputs, np.array([1, 0])) == 0.5
    three = baselines.majority(np.array([2, 2, 0]), 4, classes=3)
    assert three.shape == (4, 3)
    assert three.argmax(axis=1).tolist() == [2] * 4


def texts_about(words: str, count: int) -> list[list[str]]:
    return [words.split() for _ in range(count)]


def test_a_bag_of_words_learns_the_predictive_words():
    rows = texts_about("a fine film", 5) + texts_about("a bore", 6)
    rows += [["once"], ["twice"], ["twice"]]
    labels = np.array([1] * 5 + [0] * 6 + [1] * 3)
    test = gather([["fine"], ["bore"], ["never", "seen"], [], ["once"]])
    logits = baselines.tfidf_logistic(gather(rows), labels, test)
    assert logits.shape == (5, 1)
    assert logits[0] > logits[2] > logits[1]
    assert logits[0] > 0 > logits[1]
    # Only words that occur twice in training have a weight.
    assert logits[2] == logits[3] == logits[4]
    twice = gather([["twice"]])
    found = baselines.tfidf_logistic(gather(rows), labels, twice)
    assert found[0] > logits[3]


def test_a_bag_of_words_handles_three_classes_and_an_absent_one():
    rows = texts_about("a", 3) + texts_about("b", 3) + texts_about("c", 3)
    labels = np.repeat([0, 1, 3], 3)
    logits = baselines.tfidf_logistic(
        gather(rows), labels, gather([["c"], ["a"], ["b"]]), classes=4
    )
    assert logits.shape == (3, 4)
    assert logits.argmax(axis=1).tolist() == [3, 0, 1]


@pytest.mark.parametrize(
    ("dataset", "expected", "area"),
    [(sst2, 0.794, 0.886), (imdb, 0.891, 0.957)],
)
def test_a_bag_of_words_on_real_reviews(data_dir, dataset, expected, area):
    parts, _ = dataset.load()
    train, test = parts["train"], parts["test"]
    outputs = baselines.tfidf_logistic(train.tokens, train.labels, test.tokens)
    found = metrics.accuracy(outputs, test.labels)
    assert found == pytest.approx(expected, abs=0.003)
    assert metrics.roc_auc(outputs, test.labels) == pytest.approx(
        area, abs=0.003
    )


def predicted_tags(parts) -> tuple[list[str], list[str]]:
    """The most frequent tag of each test word, and the ground truth."""
    train, test = (parts[part] for part in ("train", "test"))
    words, tags = (
        [item for sentence in train for item in sentence[k]] for k in (0, 1)
    )
    test_words = [word for sentence in test for word in sentence.words]
    truth = [tag for sentence in test for tag in sentence.tags]
    return most_frequent_tags(words, tags, test_words), truth


def test_most_frequent_tags_on_the_real_treebank(data_dir):
    parts, _ = ewt.load()
    train, test = (gather(s.words for s in parts[p]) for p in ("train", "test"))
    predicted, truth = map(np.array, predicted_tags(parts))
    correct = predicted == truth
    assert correct.mean() == pytest.approx(0.8669, abs=1e-4)
    rare = correct[unseen(train, test)].mean()
    assert rare == pytest.approx(0.3617, abs=1e-4)


def test_most_frequent_tags_on_real_entities(data_dir):
    parts, _ = wnut17.load()
    predicted, truth = predicted_tags(parts)
    ends = np.cumsum([len(sentence.tags) for sentence in parts["test"]])
    rows = [
        [list(row) for row in np.split(tags, ends[:-1])]
        for tags in (truth, predicted)
    ]
    whole, by_type = entity_scores(*rows)
    assert (whole.correct, whole.predicted, whole.true) == (62, 295, 1079)
    assert whole.f1 == pytest.approx(0.0902, abs=1e-4)
    assert len(by_type) == 6
    assert entity_scores(rows[0], rows[0])[0].f1 == 1.0

"""Baselines of texts, waves and pairs against the same computed by hand."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import numpy as np
import pytest
from factories.pairs import NOUNS, VERBS, made_dataset
from sklearn.linear_model import LogisticRegression

from shared.metrics import rmse
from shared.specs import PARTS
from shared.tasks.classification.baselines import ngram_bayes, tfidf_logistic
from shared.tasks.fundamentals import sine
from shared.tasks.fundamentals.waves import WaveData, load
from shared.tasks.translation.translate import by_lexicon, nearest_neighbors
from shared.text.tokens import gather

TRAIN = ["good good film", "bad film", "good plot plot plot", "bad bad plot"]
TRAIN += ["a film so good", "so bad"]
LABELS = np.array([1, 0, 1, 0, 1, 0])
TEST = ["good film film plot", "bad plot", "so so", "unheard of"]


def weighted(texts, words, idf):
    """1 + ln of counts, times the inverse document frequency, of length 1."""
    counts = np.array([[t.split().count(w) for w in words] for t in texts])
    with np.errstate(divide="ignore"):
        found = np.where(counts > 0, 1 + np.log(counts), 0.0) * idf
    return found / np.maximum(1e-12, np.linalg.norm(found, axis=1))[:, None]


def test_a_bag_of_words_is_weighted_by_the_training_texts():
    counts = Counter(word for text in TRAIN for word in text.split())
    words = sorted(word for word, count in counts.items() if count >= 2)
    assert "a" not in words
    known = [sum(w in text.split() for text in TRAIN) for w in words]
    idf = 1 + np.log((1 + len(TRAIN)) / (1 + np.array(known)))
    model = LogisticRegression().fit(weighted(TRAIN, words, idf), LABELS)
    expected = model.decision_function(weighted(TEST, words, idf))
    tokens = [gather(map(str.split, texts)) for texts in (TRAIN, TEST)]
    found = tfidf_logistic(tokens[0], LABELS, tokens[1])
    assert found[:, 0] == pytest.approx(expected, abs=1e-3)


def test_naive_bayes_counts_n_grams_of_names_with_their_ends():
    names, labels = ["anna", "nan", "otto", "toto", "ot"], [0, 0, 1, 1, 1]

    def grams(name):
        text = f"^{name}$"
        return [
            text[i : i + n] for n in (1, 2, 3) for i in range(len(text) - n + 1)
        ]

    vocabulary = {gram for name in names for gram in grams(name)}
    expected = []
    for name in ("nat", "oo"):
        row = []
        for label in (0, 1):
            own = [n for n, k in zip(names, labels, strict=True) if k == label]
            counts = Counter(gram for n in own for gram in grams(n))
            total = counts.total() + 0.1 * len(vocabulary)
            row.append(
                np.log(len(own) / len(names))
                + sum(
                    np.log((counts[gram] + 0.1) / total)
                    for gram in grams(name)
                    if gram in vocabulary
                )
            )
        expected.append(row)
    found = ngram_bayes(names, np.array(labels), ["nat", "oo"], 3)
    assert found[:, :2] == pytest.approx(np.array(expected))
    assert np.isneginf(found[:, 2]).all()


def test_the_last_value_and_the_noise_floor_of_a_wave():
    data = WaveData(**{f"{part}_sequences": 200 for part in PARTS})
    dataset = load(data, 0)
    x, y = dataset.test.x, dataset.test.y
    found = sine.baselines(dataset)["last value"]["rmse"]
    assert found == pytest.approx(rmse(x[:, -1], y))
    floor = sine.TASK.noise_floor(dataset)
    assert floor == pytest.approx(rmse(dataset.arrays["clean_test"], y))
    assert dataset.arrays["clean_test"].shape == y.shape
    scores = sine.score(x[:, -1], "test", dataset)
    assert scores["rmse"] == found
    clean = rmse(x[:, -1], dataset.arrays["clean_test"])
    assert scores["rmse_clean"] == pytest.approx(clean) != found


def test_words_are_translated_by_what_they_occur_with():
    dataset = made_dataset()
    source = ("the", *NOUNS, *VERBS, "zebra", ".")
    arrays = {**dataset.arrays, "test": [(source, [("x",)])]}
    (found,) = by_lexicon(replace(dataset, arrays=arrays))
    expected = ["le", *NOUNS.values(), *VERBS.values(), "zebra"]
    assert list(found[:-1]) == expected


def test_a_short_neighbor_is_nearer_than_a_long_one_with_as_many_words():
    train = [(("a", "b", "c", "d", "e"), ("long",)), (("a", "b"), ("short",))]
    arrays = {"train": train, "test": [(("a", "b", "x"), [("y",)])]}
    found = nearest_neighbors(replace(made_dataset(), arrays=arrays))
    assert found == [("short",)]

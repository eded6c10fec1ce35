"""Baselines learn from the training split: the test targets change none."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import replace

import numpy as np
import pytest
from factories.pairs import made_dataset
from factories.tagged import made

from shared.datasets.sentiment_corpora import Reviews
from shared.datasets.user_series import Series
from shared.specs import Split
from shared.task import Dataset, Splits
from shared.tasks.audio import digits, piano_rolls
from shared.tasks.classification import name_data, names, sentiment, text_data
from shared.tasks.forecasting import anomaly_scores
from shared.tasks.forecasting import scores as forecasting
from shared.tasks.forecasting.data import ForecastData, inputs, series_dataset
from shared.tasks.fundamentals import sine
from shared.tasks.language_modeling import ngrams
from shared.tasks.memory import adding, copy, echo, seqmnist
from shared.tasks.tagging import scores as tagging
from shared.tasks.translation import chatbot, translate
from shared.text.labelled import LabelledTexts
from shared.text.tokens import gather, tokenize

RNG = np.random.default_rng(3)


def splits_of(sample, sizes=(60, 20, 30)):
    return Splits(*(sample(size) for size in sizes))


def lines_of_names():
    letters = {"Greek": "aeos", "Irish": "onil"}
    return [
        ("".join(RNG.choice(list(own), 6)), language)
        for language, own in letters.items()
        for _ in range(40 if language == "Greek" else 30)
    ]


def name_dataset():
    return name_data.name_dataset(lines_of_names(), name_data.NamesData(), {})


def review_dataset():
    words = np.array(["bad", "good", "film", "plot", "the", "rare"])

    def part(count):
        labels = np.resize([0, 1, 1], count).astype(np.int32)
        texts = [
            " ".join([*RNG.choice(words, 5), words[label]]) for label in labels
        ]
        return LabelledTexts(texts, labels, gather(map(tokenize, texts)))

    sizes = {"train": 60, "validation": 20, "test": 31}
    parts = {name: part(size) for name, size in sizes.items()}
    corpus = Reviews(parts, ("negative", "positive"), {})
    return text_data.text_dataset(corpus, text_data.SentimentData())


def image_dataset():
    def images(count):
        y = np.resize([1, 1, 7, 3], count).astype(np.int32)
        x = RNG.uniform(size=(count, 28, 28)).astype(np.float32)
        x[np.arange(count), y] += 1.0
        return Split(x, y, None)

    return Dataset(*splits_of(images), 28, 10)


def sound_dataset():
    def sounds(count):
        lengths = RNG.integers(3, 9, count).astype(np.int32)
        y = np.resize([0, 1, 1], count).astype(np.int32)
        x = RNG.normal(size=(count, 8, 4)) + y[:, None, None]
        x *= (np.arange(8) < lengths[:, None])[:, :, None]
        return Split(x.astype(np.float32), y, lengths)

    return Dataset(*splits_of(sounds), 4, 2)


def wave_dataset():
    sizes = {f"{part}_steps": 120 for part in Splits._fields}
    return sine.load(sine.SineData(**sizes), 0)


def forecast_dataset():
    """A wave of period 6 on which a penalty is of harm."""
    steps = np.arange(220)
    values = np.sin(2 * np.pi * steps / 6)[:, None] + steps[:, None] / 99
    values += 0.01 * RNG.normal(size=values.shape)
    series = Series([str(n) for n in steps], ("a",), values, ())
    options = ForecastData(window=12, horizon=8)
    return series_dataset("made", series, options, (120, 160, 220), 6, {})


def roll_dataset():
    def pieces(count):
        frames = (RNG.uniform(size=(count, 9, 88)) < 0.3).astype(np.int8)
        frames[:, 1:] |= frames[:, :-1] & (RNG.uniform(size=88) < 0.7)
        lengths = RNG.integers(2, 9, count).astype(np.int32)
        x, y = frames[:, :-1].astype(np.float32), frames[:, 1:].copy()
        past = np.arange(8) >= lengths[:, None]
        x[past], y[past] = 0, -1
        return Split(x, y, lengths)

    return Dataset(*splits_of(pieces, (12, 4, 6)), 88, 88)


def permuted(dataset):
    """The test targets of other examples; they differ from the old ones."""
    y = dataset.test.y
    rows = RNG.permutation(len(y))
    if dataset.test.y.ndim > 1 and (y < 0).any():  # padding stays in place
        new = y.copy()
        mask = y >= 0
        new[mask] = RNG.permutation(y[mask])
    else:
        new = y[rows]
    assert (new != y).any()
    return replace(dataset, test=dataset.test._replace(y=new))


def replaced(dataset):
    """Test targets all of the last class, or of another scale."""
    y = dataset.test.y
    if np.issubdtype(y.dtype, np.integer):
        new = np.where(y < 0, y, y.max())
    else:
        new = (3 * y + 1).astype(y.dtype)
    return replace(dataset, test=dataset.test._replace(y=new))


CASES = {
    "names": (name_dataset, names, "scores_of", 1),
    "sentiment": (review_dataset, sentiment, "scores_of", 1),
    "seqmnist": (image_dataset, seqmnist, "scores_of", 1),
    "digits": (sound_dataset, digits, "scores_of", 1),
    "sine": (wave_dataset, sine, "scores_of", 1),
    "tagging": (made, tagging, "scores_of", 1),
    "forecast": (forecast_dataset, forecasting, "errors", 0),
    "music": (roll_dataset, piano_rolls, "score", 0),
}
"""Task -> its data, its module, what is called to score baselines, and the
argument that holds their outputs."""


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("other", [permuted, replaced])
def test_other_test_targets_change_no_baseline(name, other, monkeypatch):
    build, module, function, argument = CASES[name]
    dataset, found = build(), []

    def score(*arguments):
        found.append(arguments[argument])
        return {}

    monkeypatch.setattr(module, function, score)
    module.baselines(dataset)
    count = len(found)
    module.baselines(other(dataset))
    assert count
    for one, other in zip(found[:count], found[count:], strict=True):
        np.testing.assert_equal(one, other)


def test_permuted_references_change_no_translation(monkeypatch):
    dataset, found = made_dataset(), []
    monkeypatch.setattr(
        translate, "text_scores", lambda texts, *rest: found.append(texts)
    )
    translate.baselines(dataset)
    sources, references = zip(*dataset.arrays["test"], strict=True)
    pairs = list(zip(sources, references[::-1], strict=True))
    arrays = {**dataset.arrays, "test": pairs}
    translate.baselines(replace(dataset, arrays=arrays))
    assert found[:3] == found[3:]
    assert list(found[0]) == list(sources)


@pytest.mark.parametrize("task", [adding, copy, echo])
def test_closed_forms_need_no_target(task):
    data = {f"{part}_sequences": 9 for part in Splits._fields}
    dataset = task.load(replace(task.TASK.data, **data), 0)
    assert task.baselines(dataset) == task.baselines(permuted(dataset))


def test_without_memory_copies_and_echoes_are_guessed():
    sizes = {f"{part}_sequences": 9 for part in Splits._fields}
    dataset = copy.load(replace(copy.TASK.data, steps=10, **sizes), 0)
    found = copy.baselines(dataset)["no memory"]
    # The blanks are certain; each of 8 symbols has the probability 1/8.
    certain = np.zeros((*dataset.test.y.shape, 9))
    certain[:, :, 0] = 99.0
    certain[:, -copy.COPIED :] = np.where(np.arange(9) > 0, 0.0, -99.0)
    scored = copy.score(certain, "test", dataset)
    assert found["loss"] == pytest.approx(scored["loss"])
    assert found["recall"] == 1 / 8
    assert found["exact"] == pytest.approx(8.0**-10)
    data = replace(echo.TASK.data, symbols=5, **sizes)
    dataset = echo.load(data, 0)
    even = np.zeros((*dataset.test.y.shape, 5))
    loss = echo.TASK.score(even, "test", dataset)["loss"]
    chance = echo.baselines(dataset)["chance"]
    assert chance == {"accuracy": 0.2, "loss": pytest.approx(loss)}


def test_an_n_gram_model_has_not_read_the_test_split():
    tokens = RNG.integers(0, 3, 60)

    def dataset(last):
        test = np.append(tokens[:20], last)
        split = Split(tokens[None, :-1], tokens[None, 1:], None)
        own = Split(test[None, :-1], test[None, 1:], None)
        return Dataset(split, split, own, 4, 4, metadata={"unit": "word"})

    one, other = (ngrams.ngram_losses(dataset(n), 3)[0] for n in (0, 3))
    np.testing.assert_array_equal(one[:-1], other[:-1])
    # Never seen: a third share of what is left for unseen tokens.
    assert other[-1] > one[-1] > 0
    names = list(ngrams.baselines(dataset(0)))
    assert names == ["unigram", "3-gram, Witten-Bell"]
    characters = replace(dataset(0), metadata={"unit": "character"})
    assert "5-gram, Witten-Bell" in ngrams.baselines(characters)


def test_the_probabilities_of_an_n_gram_model_sum_to_1():
    tokens = RNG.integers(0, 3, 40)
    orders = ngrams.learn(tokens, 4, 3)
    for context in ([0, 1], [2, 2], [3, 0]):
        total = sum(
            math.exp(-ngrams.losses(orders, np.array([*context, n]), 4)[-1])
            for n in range(4)
        )
        assert total == pytest.approx(1.0, rel=1e-12)


def test_a_reply_of_the_training_unigrams():
    dataset = made_dataset()
    found = chatbot.baselines(dataset)["unigram"]
    train, test = (
        split.y[split.y >= 0].tolist()
        for split in (dataset.train, dataset.test)
    )
    counts = Counter(train)
    total = len(train) + dataset.output_size
    nats = -np.mean([math.log((counts[n] + 1) / total) for n in test])
    assert found["perplexity"] == pytest.approx(math.exp(nats))


def test_the_last_season_ends_with_the_window():
    dataset = forecast_dataset()
    x = inputs("test", dataset)
    expected = x[:, [6, 7, 8, 9, 10, 11, 6, 7]]
    np.testing.assert_array_equal(forecasting.last_season(dataset), expected)


def test_ridge_regression_is_fitted_to_training_alone():
    dataset = forecast_dataset()
    x, y = dataset.train.x[..., 0], dataset.train.y
    means = x.mean(axis=0), y.mean(axis=0)
    both = [
        np.linalg.solve(
            (x - means[0]).T @ (x - means[0]) + penalty * np.eye(x.shape[1]),
            (x - means[0]).T @ (y - means[1]),
        )
        for penalty in forecasting.PENALTIES
    ]
    held = dataset.validation
    forecasts = [(held.x[..., 0] - means[0]) @ w + means[1] for w in both]
    best = np.argmin([np.mean((one - held.y) ** 2) for one in forecasts])
    found = forecasting.ridge(dataset) - dataset.arrays["last_test"]
    expected = (dataset.test.x[..., 0] - means[0]) @ both[best] + means[1]
    assert found[..., 0] == pytest.approx(expected, abs=1e-3)


def test_an_anomaly_is_compared_with_what_came_before():
    values = np.array([1.0, 3.0, 1.0, 3.0, 9.0, 1.0])
    spread = np.std([1, 3, 1, 3], ddof=1)
    found = anomaly_scores.rolling_z(values, 4)
    assert found[4] == pytest.approx((9 - 2) / spread)
    assert found[:2].tolist() == [0.0, 0.0]


def test_the_quartiles_are_those_of_the_training_rows():
    scaled = np.concatenate([np.linspace(0, 1, 9), np.full(6, 50.0)])
    metadata = {"rows": [9, 2, 4], "window": 3, "smoothing_window": 1}
    arrays = {"scaled": scaled}
    dataset = replace(wave_dataset(), metadata=metadata, arrays=arrays)
    train, test = anomaly_scores.baseline_errors(dataset)["interquartile range"]
    distances = [0.5, 0.25, *[0.0] * 5, 0.25, 0.5]
    assert train == pytest.approx(np.array(distances))
    assert test == pytest.approx(np.full(4, (50 - 0.75) / 0.5))


def test_the_bigram_of_a_key_separates_silence_from_sound(monkeypatch):
    x = np.zeros((1, 6, 88), np.float32)
    y = np.zeros((1, 6, 88), np.int8)
    x[0, :, 0], y[0, :, 0] = [0, 0, 0, 1, 1, 1], [0, 0, 1, 1, 1, 0]
    split, found = Split(x, y, np.array([6])), []
    dataset = Dataset(split, split, split, 88, 88)
    monkeypatch.setattr(
        piano_rolls, "score", lambda logits, *rest: found.append(logits)
    )
    piano_rolls.baselines(dataset)
    frequencies, held = (1 / (1 + np.exp(-one[0, :, 0])) for one in found)
    assert frequencies == pytest.approx(np.full(6, 1 / 2))
    assert held == pytest.approx(np.array([1, 1, 1, 2, 2, 2]) / 3)

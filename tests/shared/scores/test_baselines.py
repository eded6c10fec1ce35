"""Baselines learn from the training split: the test targets change none."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from factories.pairs import made_dataset
from factories.small_datasets import (
    RNG,
    forecast_dataset,
    image_dataset,
    name_dataset,
    review_dataset,
    roll_dataset,
    sound_dataset,
    video_dataset,
    wave_dataset,
)
from factories.tagged import made

from shared.specs import Split
from shared.task import Dataset, Splits
from shared.tasks.audio import digits, piano_rolls
from shared.tasks.classification import names, sentiment
from shared.tasks.forecasting.anomalies import scores as anomaly_scores
from shared.tasks.forecasting.baselines import boosting, ridge
from shared.tasks.forecasting.baselines import scored as forecasting
from shared.tasks.forecasting.levels import inputs
from shared.tasks.fundamentals import sine
from shared.tasks.memory import adding, copy, echo, seqmnist
from shared.tasks.tagging import scores as tagging
from shared.tasks.translation import chatbot, translate
from shared.tasks.video import baselines as video


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


def quantile_dataset():
    return forecast_dataset(quantiles=(0.1, 0.5, 0.9))


CASES = {
    "names": (name_dataset, names, "scores_of", 1),
    "sentiment": (review_dataset, sentiment, "scores_of", 1),
    "seqmnist": (image_dataset, seqmnist, "scores_of", 1),
    "digits": (sound_dataset, digits, "scores_of", 1),
    "sine": (wave_dataset, sine, "scores_of", 1),
    "tagging": (made, tagging, "scores_of", 1),
    "forecast": (forecast_dataset, forecasting, "errors", 0),
    "quantiles": (quantile_dataset, forecasting, "interval_scores", 0),
    "video": (video_dataset, video, "scores_of", 1),
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


@pytest.mark.parametrize("other", [lambda same: same, permuted, replaced])
def test_the_unigram_of_replies_is_that_of_the_training_split(other):
    dataset = made_dataset()
    known = dataset.train.y[dataset.train.y >= 0]
    counts = np.bincount(known, minlength=dataset.output_size) + 1.0
    dataset = other(dataset)
    test = dataset.test.y[dataset.test.y >= 0]
    nats = -np.log(counts / counts.sum())[test].mean()
    found = chatbot.baselines(dataset)["unigram"]
    assert found["perplexity"] == pytest.approx(np.exp(nats))
    right = (test == counts.argmax()).mean()
    assert found["token_accuracy"] == pytest.approx(right)


@pytest.mark.parametrize("task", [adding, copy, echo])
def test_closed_forms_need_no_target(task):
    data = {f"{part}_sequences": 9 for part in Splits._fields}
    dataset = task.load(replace(task.TASK.data, **data), 0)
    assert task.baselines(dataset) == task.baselines(permuted(dataset))


def test_the_last_season_ends_with_the_window():
    dataset = forecast_dataset()
    x = inputs("test", dataset)
    expected = x[:, [6, 7, 8, 9, 10, 11, 6, 7]]
    np.testing.assert_array_equal(forecasting.last_season(dataset), expected)


def test_trees_read_the_value_of_a_season_before():
    dataset = forecast_dataset()
    rows, steps = np.array([0, 3, 9]), np.array([0, 7, 5])
    x = boosting.lags_of("test", 0, dataset, rows, steps)
    last = dataset.arrays["last_test"][rows, 0]
    assert (x[:, 0] == steps).all()
    assert x[:, 1:13] + last == pytest.approx(
        inputs("test", dataset)[rows, :, 0]
    )
    season = forecasting.last_season(dataset)[rows, steps, 0]
    assert x[:, 13] + last[:, 0] == pytest.approx(season, abs=1e-5)


def test_ridge_regression_is_fitted_to_training_alone():
    dataset = forecast_dataset()
    x, y = dataset.train.x[..., 0], dataset.train.y
    means = x.mean(axis=0), y.mean(axis=0)
    both = [
        np.linalg.solve(
            (x - means[0]).T @ (x - means[0]) + penalty * np.eye(x.shape[1]),
            (x - means[0]).T @ (y - means[1]),
        )
        for penalty in ridge.PENALTIES
    ]
    held = dataset.validation
    forecasts = [(held.x[..., 0] - means[0]) @ w + means[1] for w in both]
    best = np.argmin([np.mean((one - held.y) ** 2) for one in forecasts])
    found = forecasting.ridge(dataset)("test") - dataset.arrays["last_test"]
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

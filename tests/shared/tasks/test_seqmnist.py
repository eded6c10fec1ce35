"""Digits read pixel after pixel: parts, orders, scores."""

from __future__ import annotations

import numpy as np
import pytest

from shared.datasets import mnist
from shared.errors import DataError, SpecError
from shared.tasks.classification.scores import confusion_details
from shared.tasks.memory.seqmnist import (
    DigitData,
    baselines,
    load,
    score,
)


def test_rows_of_pixels_are_steps(data_dir):
    dataset = load(DigitData(), 0)
    sizes = [
        len(s.x) for s in (dataset.train, dataset.validation, dataset.test)
    ]
    assert sizes == [55_000, 5_000, 10_000]
    assert dataset.test.x.shape[1:] == (28, 28)
    assert dataset.test.x.dtype == np.float32
    images, digits = (part[-5_000:] for part in mnist.read_mnist("train"))
    pixels = 255 * dataset.validation.x.reshape(5_000, -1)
    assert np.array_equal(np.rint(pixels), images)
    assert np.array_equal(dataset.validation.y, digits)
    assert (dataset.test.x.min(), dataset.test.x.max()) == (0.0, 1.0)
    # The first test image is a 7: ink in its upper bar, none in its corner.
    assert dataset.test.y[0] == 7
    assert dataset.test.x[0, 8, 6:16].mean() > 0.5
    assert dataset.test.x[0, 0].max() == 0.0


def test_one_permutation_applies_to_all_images(data_dir):
    plain = load(DigitData(pixels=1, train_images=50), 0)
    mixed = load(DigitData(pixels=1, train_images=50, permute=True), 5)
    order = np.random.default_rng([0, 7]).permutation(784)
    for part in ("train", "test"):
        one, other = getattr(plain, part).x, getattr(mixed, part).x
        assert (other == one[:, order]).all()
    assert len(mixed.train.x) == 50
    assert mixed.metadata["permute_seed"] == 0
    assert plain.metadata["permute_seed"] is None


def test_baselines_are_far_below_the_published_accuracy(data_dir):
    found = baselines(load(DigitData(), 0))
    assert found["majority class"]["accuracy"] == pytest.approx(0.1135)
    assert 0.88 < found["logistic regression"]["accuracy"] < 0.93


def test_scores_of_confident_predictions(data_dir):
    dataset = load(DigitData(train_images=10), 0)
    sure = 50.0 * np.eye(10)[dataset.test.y]
    assert score(sure, "test", dataset)["accuracy"] == 1.0
    assert score(sure, "test", dataset)["loss"] == pytest.approx(0, abs=1e-9)
    counts = np.array(confusion_details(sure, dataset)["confusion"])
    assert counts.sum() == counts.trace() == 10_000


def test_a_truncated_file_is_refused(data_dir, tmp_path, monkeypatch):
    source = data_dir / "seqmnist"
    (tmp_path / "seqmnist").mkdir()
    for path in source.iterdir():
        content = path.read_bytes()
        cut = content[:-100] if "t10k-images" in path.name else content
        (tmp_path / "seqmnist" / path.name).write_bytes(cut)
    monkeypatch.setenv("RNN_DATA_DIR", str(tmp_path))
    with pytest.raises(DataError, match=r"t10k-images.* altered or incomplete"):
        mnist.fetch()


def test_steps_of_unequal_size_are_refused():
    with pytest.raises(SpecError, match="pixels 5 does not divide 784"):
        DigitData(pixels=5)

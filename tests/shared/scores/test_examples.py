"""The scores of single examples make the metric of every task."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from factories import small_datasets as small
from factories.pairs import made_dataset
from factories.tagged import made

from shared.decoding.options import DecodedOutputs
from shared.files.atomic import WriteError
from shared.specs import Split
from shared.task import Dataset
from shared.task.examples import (
    AGGREGATES,
    Examples,
    bleu,
    read_examples,
    write_examples,
)
from shared.task.margins import margin_of
from shared.tasks import get_task, task_names

RNG = np.random.default_rng(5)


def of_last_axis(classes):
    return lambda y: RNG.normal(size=(*y.shape, classes))


def close_to(y):
    return y + RNG.normal(0.0, 0.3, y.shape)


def sequences(count):
    """Symbols (N, 12), some of them without a target."""
    y = RNG.integers(-1, 4, (count, 12)).astype(np.int32)
    return Split(np.zeros((count, 12, 1), np.int32), y, None)


def sums(count):
    y = RNG.normal(size=(count, 1)).astype(np.float32)
    return Split(np.zeros((count, 5, 2), np.float32), y, None)


def synthetic(build, **metadata):
    return lambda: Dataset(*map(build, (9, 5, 7)), 4, 4, metadata=metadata)


def entities():
    texts = ("Ann/B-x Lee/I-x saw/O Rome/B-y", "Bo/B-x ran/O", "we/O ran/O")
    return made(texts, texts)


def decoded(y):
    """Some true words, and others."""
    noise = RNG.integers(4, 9, y.shape)
    tokens = np.where(RNG.uniform(size=y.shape) < 0.8, np.maximum(y, 0), noise)
    return DecodedOutputs(RNG.gamma(2.0, size=y.shape), tokens == y, tokens)


def nats(y):
    return RNG.gamma(2.0, size=y.shape).astype(np.float32)


CASES = {
    "names": (small.name_dataset, of_last_axis(2)),
    "sentiment": (small.review_dataset, of_last_axis(1)),
    "seqmnist": (small.image_dataset, of_last_axis(10)),
    "digits": (small.sound_dataset, of_last_axis(2)),
    "speech": (
        small.string_dataset,
        lambda y: RNG.normal(size=(len(y), 8, 4)),
    ),
    "video": (
        small.video_dataset,
        lambda y: RNG.normal(size=(*y.shape[:2], 20)),
    ),
    "echo": (synthetic(sequences), of_last_axis(4)),
    "copy": (synthetic(sequences), of_last_axis(4)),
    "adding": (synthetic(sums), close_to),
    "sine": (small.wave_dataset, close_to),
    "forecast": (small.forecast_dataset, close_to),
    "music": (small.roll_dataset, lambda y: RNG.normal(size=y.shape)),
    "charlm": (synthetic(sequences, unit="character"), nats),
    "wordlm": (synthetic(sequences, unit="word"), nats),
    "tagging": (made, of_last_axis(4)),
    "translate": (made_dataset, decoded),
    "chatbot": (made_dataset, decoded),
}
"""Task -> its data, and outputs from the targets (N, ...)."""


def outputs_of(dataset, outputs):
    y = dataset.test.y
    classes = len(dataset.metadata.get("classes", ())) or None
    if classes and y.ndim == 2:
        return RNG.normal(size=(*y.shape, classes))
    return outputs(y)


def rebuilt(task, dataset, outputs):
    """The metric from its examples, and as the task scores it."""
    examples = task.examples(outputs, dataset)
    assert len(examples.statistics) == len(dataset.test.y)
    total = examples.statistics.sum(axis=0)
    score = task.score(outputs, "test", dataset)[task.metric]
    return float(AGGREGATES[task.metric](total)), score


@pytest.mark.parametrize("name", CASES)
def test_examples_make_the_metric(name):
    build, outputs = CASES[name]
    dataset, task = build(), get_task(name)
    found, score = rebuilt(task, dataset, outputs_of(dataset, outputs))
    assert score > 0.0 and found == pytest.approx(score, rel=1e-6)


def test_examples_make_the_f1_of_entities():
    dataset = entities()
    task = replace(get_task("tagging"), metric="f1")
    assert dataset.metric == "f1"
    for _ in range(20):
        outputs = outputs_of(dataset, None)
        found, score = rebuilt(task, dataset, outputs)
        assert found == pytest.approx(score)


def test_every_other_task_has_no_examples():
    assert set(task_names()) - CASES.keys() == {"anomaly"}
    assert get_task("anomaly").examples(None, None) is None


@pytest.mark.parametrize("matches", [(5, 3, 2, 1), (5, 2, 0, 0), (0, 0, 0, 0)])
@pytest.mark.parametrize("lengths", [(8, 9), (9, 8), (3, 9)])
def test_bleu_is_that_of_sacrebleu(matches, lengths):
    from sacrebleu.metrics import BLEU

    totals = [max(0, lengths[0] - n) for n in range(4)]
    matches = list(map(min, matches, totals))
    expected = BLEU.compute_bleu(
        matches, totals, *lengths, smooth_method="exp"
    ).score
    columns = np.array([*lengths, *matches, *totals])
    assert float(bleu(columns)) == pytest.approx(expected, abs=1e-9)


def test_examples_are_stored_small_and_exact(tmp_path):
    path = tmp_path / "scores" / "key.npz"
    statistics = np.array([[1, 300], [0, 2], [1, 0]])
    write_examples(path, Examples(statistics, "names", dependent=True))
    found = read_examples(path)
    assert np.array_equal(found.statistics, statistics)
    assert (found.unit, found.dependent) == ("names", True)
    with np.load(path) as stored:
        types = [stored[f"statistics_{n}"].dtype for n in (0, 1)]
    assert types == [np.uint8, np.uint16]
    write_examples(path, Examples(np.array([[0.1, 1.0]]), "windows"))
    assert read_examples(path).statistics[0, 0] == np.float32(0.1)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 cut", b"[]"])
def test_a_damaged_file_is_an_error(content, tmp_path):
    path = tmp_path / "key.npz"
    path.write_bytes(content)
    with pytest.raises((ValueError, OSError)):
        read_examples(path)


def test_a_folder_that_cannot_be_written_is_an_error(tmp_path):
    (tmp_path / "scores").write_text("a file")
    with pytest.raises(WriteError):
        examples = Examples(np.ones((2, 2)), "names")
        write_examples(tmp_path / "scores" / "key.npz", examples)


def test_margins_are_absolute_relative_or_the_task_s_own():
    assert margin_of("accuracy", 0.0, 0.5) == 0.01
    assert math.isclose(margin_of("rmse", 0.0, 0.1), 0.002)
    assert math.isclose(margin_of("mse", 0.0, 0.1), 0.004)
    assert margin_of("accuracy", 0.05, 0.5) == 0.05

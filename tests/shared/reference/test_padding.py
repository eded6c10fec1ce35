"""More padding changes no logit and no gradient, in any framework.

What a framework makes of a lengthened batch is held against what the numpy
reference makes of the batch as it was.
"""

from __future__ import annotations

import dataclasses
import importlib

import numpy as np
import pytest

from comparisons.equivalence.case import Case
from comparisons.equivalence.deviation import (
    deviation,
    largest_deviation,
    up_to_ends,
)
from comparisons.equivalence.limits import LIMITS, SGD
from shared.batching.batches import epoch_batches
from shared.datasets import sst2
from shared.reference import model as reference_model
from shared.reference.model import in_float64
from shared.specs import Batch, ModelSpec, Split, TrainSpec
from shared.text.words.vocabulary import WordVocabulary
from shared.weights.init import initial_weights

PACKAGES = ("pytorch_impl", "keras_impl", "jax_impl")
MORE = 6
"""Steps of padding that are added."""

SHAPE = ("rnn", "embedding", "native", 1, True, True)
MADE = {
    "tagger": Case("tagger", *SHAPE, char_encoder=True),
    **{
        pooling: Case("classifier", *SHAPE, pooling=pooling, outputs=1)
        for pooling in ("last", "mean+max")
    },
}
"""The simplest cell: what padding must not touch is around it."""


def longer(split: Split) -> Split:
    """The same examples with more padding; tags of it are -1."""
    x, y, lengths = split[:3]
    widths = [(0, 0), (0, MORE), *[(0, 0)] * (x.ndim - 2)]
    if y.ndim == 2:
        y = np.pad(y, ((0, 0), (0, MORE)), constant_values=-1)
    return Split(np.pad(x, widths), y, lengths)


@pytest.fixture(params=PACKAGES)
def deviations(request, monkeypatch):
    """Measures how far logits and gradients of a longer batch are off."""
    implementation = importlib.import_module(request.param)
    implementation.configure("cpu", 1, "float64", 0)
    training = importlib.import_module(f"{request.param}.training")
    # What cuts batches to their buckets would cut the padding off again.
    monkeypatch.setattr(
        training,
        "epoch_batches",
        lambda split, spec, epoch: iter([Batch(*split, None)]),
    )

    def measure(spec: ModelSpec, weights: dict, batch: Split):
        more, ends = longer(batch), batch.lengths
        rule = dataclasses.replace(SGD, epochs=1, batch_size=len(batch.x))
        model = implementation.build_model(spec)
        implementation.load_weights(model, weights)
        outputs = implementation.predict(model, more.x, ends)
        implementation.fit(model, more, rule, lambda epoch, loss: False)
        after = in_float64(implementation.export_weights(model))
        expected = reference_model.forward(spec, weights, batch.x, ends)
        _, slopes = reference_model.loss_and_gradients(spec, weights, batch)
        rate = rule.learning_rate
        found = {n: (weights[n] - w) / rate for n, w in after.items()}
        logits = deviation(
            up_to_ends(outputs, ends), up_to_ends(expected, ends)
        )
        return logits, largest_deviation(found, slopes)

    return measure


def assert_none(deviations: tuple[float, float]) -> None:
    """Both are within the limits of the checks."""
    limits = LIMITS["float64"]
    assert deviations[0] <= limits["forward"]
    assert deviations[1] <= limits["gradient"]


@pytest.mark.parametrize("name", MADE)
def test_more_padding_changes_nothing(deviations, name):
    case = MADE[name]
    weights = in_float64(case.weights())
    assert_none(deviations(case.spec(), weights, case.split()))


def real_sentences() -> tuple[ModelSpec, Split]:
    """A classifier and a batch of SST-2."""
    parts, _ = sst2.load()
    few = parts["train"].take(np.arange(400))
    words = WordVocabulary.learn(few.tokens, 2)
    x, lengths = words.encode(few.tokens)
    spec = ModelSpec("classifier", "gru", "embedding", len(words), 8, 8)
    spec = dataclasses.replace(spec, bidirectional=True, pooling="mean+max")
    return spec, Split(x, few.labels, lengths)


def test_more_padding_changes_nothing_of_real_batches(data_dir, deviations):
    spec, split = real_sentences()
    batches = epoch_batches(split, TrainSpec(batch_size=16), 0)
    batch = max(batches, key=lambda batch: np.ptp(batch.lengths))
    assert batch.lengths.min() < batch.x.shape[1]
    weights = in_float64(initial_weights(spec, 0))
    assert_none(deviations(spec, weights, batch))

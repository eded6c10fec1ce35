"""An implementation whose scores after each epoch are written beforehand."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np

from shared.weights.flops import count_parameters
from shared.weights.init import initial_weights


class Scripted:
    """It learns nothing: all weights are the number of the epoch.

    scores: part of the data -> the score after each epoch; outputs: of a
    split and a score -> outputs that have it.
    """

    def __init__(self, dataset, outputs, **scores):
        self.dataset, self.outputs, self.scores = dataset, outputs, scores

    def configure(self, *arguments):
        self.configured = arguments

    def describe(self, model, padded):
        return {"device": "cpu", "kernels": "none"}

    def peak_memory(self):
        return None

    def build_model(self, spec):
        return SimpleNamespace(spec=spec, weights=initial_weights(spec, 0))

    def load_weights(self, model, weights):
        model.weights = {name: w.copy() for name, w in weights.items()}

    def export_weights(self, model):
        return {name: w.copy() for name, w in model.weights.items()}

    def count_parameters(self, model):
        return count_parameters(model.spec)

    def fit(self, model, split, spec, on_epoch_end):
        for epoch in range(spec.epochs):
            for weights in model.weights.values():
                weights[...] = epoch
            if on_epoch_end(epoch, self.loss(epoch)):
                break

    def loss(self, epoch):
        return 1 / (1 + epoch)

    def predict(self, model, x, lengths):
        """The outputs of the split that has these inputs, or begins so."""
        epoch = epoch_of(model.weights)
        for part, scores in self.scores.items():
            split = getattr(self.dataset, part)
            if np.array_equal(split.x[: len(x)], x):
                return self.outputs(split, scores[epoch])[: len(x)]
        raise AssertionError("inputs of no split that is to be predicted")


def epoch_of(weights):
    """The epoch after which weights were these."""
    (epoch,) = {float(w) for array in weights.values() for w in array.flat}
    return int(epoch)

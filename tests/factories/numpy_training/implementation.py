"""The NumPy reference as the package of a framework: what a run needs of it."""

import os
import time
from dataclasses import dataclass

import numpy as np

from comparisons.equivalence.limits import DTYPES
from shared.reference import model as reference_model
from shared.reference.training import trained_epochs
from shared.specs import EpsilonPlaces, ModelSpec, Weights
from shared.weights.flops import count_parameters as parameters_of
from shared.weights.init import initial_weights

EPSILON_PLACES = EpsilonPlaces()
CURRENT = {"dtype": "float32", "seed": 0}

PAUSE = float(os.environ.get("NUMPY_TRAINING_PAUSE", "0"))
"""Seconds that an epoch sleeps: a test that kills needs runs that last."""


@dataclass
class Model:
    """Weights in the precision of a run; arithmetic is in float64."""

    spec: ModelSpec
    weights: Weights


def configure(device, threads, precision, seed):
    """Choose the type of the weights."""
    CURRENT.update(dtype=DTYPES[precision], seed=seed)


def versions():
    """NumPy's."""
    return {"numpy": np.__version__}


def build_model(spec, weights=None):
    """A model with these weights, or with drawn ones."""
    model = Model(spec, {})
    load_weights(model, weights or initial_weights(spec, CURRENT["seed"]))
    return model


def load_weights(model, weights):
    """Copy the weights in the type of the precision."""
    model.weights = {n: w.astype(CURRENT["dtype"]) for n, w in weights.items()}


def export_weights(model):
    """A copy of the weights."""
    return {name: w.copy() for name, w in model.weights.items()}


def count_parameters(model):
    """The number of parameters."""
    return parameters_of(model.spec)


def describe(model, padded):
    """What computes."""
    return {"device": "cpu", "kernels": "NumPy"}


def peak_memory():
    """No GPU is in use."""
    return


def fit(model, split, spec, on_epoch_end):
    """Train as the reference does."""
    start = model.spec, model.weights
    found = trained_epochs(*start, split, spec, EPSILON_PLACES)
    for epoch, (losses, weights) in enumerate(found):
        time.sleep(PAUSE)
        load_weights(model, weights)
        with np.errstate(over="ignore"):  # what diverges is infinite
            loss = np.mean(losses).astype(CURRENT["dtype"])
        if on_epoch_end(epoch, float(loss)):
            break


def predict(model, x, lengths):
    """Outputs in the type of the precision."""
    outputs = reference_model.forward(model.spec, model.weights, x, lengths)
    return outputs.astype(CURRENT["dtype"])

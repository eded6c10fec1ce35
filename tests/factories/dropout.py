"""Known dropout masks in place of random ones, and a trace of their use.

A mask depends on the last axis alone. A layer that reads dropped vectors is
then the same layer with scaled rows and without dropout, W' = diag(m) W, so
that the NumPy reference, which has no dropout, gives outputs and gradients.
"""

import importlib
from contextlib import contextmanager
from dataclasses import dataclass, replace
from types import SimpleNamespace
from typing import NamedTuple

import jax
import numpy as np
import pytest
from torch.utils._python_dispatch import TorchDispatchMode

from comparisons.equivalence.case import Case
from factories.implementations import forget_compiled
from shared.reference.model import in_float64
from shared.weights.layout import layer_prefixes, stacks, step_size

DROPOUT, INPUT_DROPOUT, RECURRENT_DROPOUT = 0.4, 0.2, 0.25


class Drop(NamedTuple):
    """One use of dropout: share dropped, number of axes, size of the last.

    shared: one mask for all examples or all steps.
    """

    rate: float
    axes: int
    size: int
    shared: bool = False


@dataclass(frozen=True)
class DroppedCase(Case):
    """A case whose model drops at every place that its kind has."""

    def spec(self):
        spec = replace(super().spec(), dropout=DROPOUT)
        if self.model in ("forecaster", "autoencoder", "video_model"):
            return spec
        return replace(spec, input_dropout=INPUT_DROPOUT)


@dataclass(frozen=True)
class RecurrentCase(DroppedCase):
    """The same, and within the steps of its layers from scratch."""

    def spec(self):
        return replace(super().spec(), recurrent_dropout=RECURRENT_DROPOUT)


def mask_of(size, rate):
    """The mask (size,): the rate is the share that is 0, others are scaled."""
    uniforms = (np.random.default_rng(size).permutation(size) + 0.5) / size
    return (uniforms >= rate) / (1.0 - rate)


def dropped_rows(spec):
    """Weight -> mask of the vectors that it multiplies, 1 where none drops."""
    rows = {}
    for prefix, stack in stacks(spec):
        if prefix == "characters.":
            continue
        for name, size in layer_prefixes(stack):
            first = name.startswith("rnn.0.")
            mask = np.ones(size) if first else mask_of(size, spec.dropout)
            if first and spec.model == "autoencoder" and prefix == "decoder.":
                mask = mask_of(size, spec.dropout)
            elif first and spec.input_dropout:
                # The context of input feeding comes after the embedding.
                read = step_size(replace(stack, attention="none"))
                mask[:read] = mask_of(read, spec.input_dropout)
            rows[f"{prefix}{name}w_ih"] = mask
            if spec.recurrent_dropout:
                state = mask_of(stack.hidden_size, spec.recurrent_dropout)
                rows[f"{prefix}{name}w_hh"] = state
    return rows


def with_masks(spec, weights):
    """Weights with their rows scaled by the masks, and the scales."""
    scales = {name: mask[:, None] for name, mask in dropped_rows(spec).items()}
    if spec.model != "autoencoder":  # its head reads the decoder undropped
        size = len(weights["head.weight"])
        scales["head.weight"] = mask_of(size, spec.dropout)[:, None]
    scaled = {n: w * scales.get(n, 1.0) for n, w in in_float64(weights).items()}
    return scaled, scales


@contextmanager
def known_masks(package):
    """The trace of a package whose dropout takes its masks from here."""
    trace = []

    def mask(shape, rate):
        place = round(float(rate), 6), len(shape), shape[-1]
        trace.append(Drop(*place, shared=1 in shape[:-1]))
        return mask_of(shape[-1], rate)

    forget_compiled(package)
    try:
        with (
            pytest.MonkeyPatch.context() as patch,
            INJECT[package](patch, mask),
        ):
            yield trace
    finally:
        forget_compiled(package)


@contextmanager
def inject_pytorch(patch, mask):
    class Masks(TorchDispatchMode):
        """What nn.Dropout and the stacked native layers end in, on a CPU."""

        def __torch_dispatch__(self, function, types, args=(), kwargs=None):
            name = str(function)
            assert "native_dropout" not in name
            if name != "aten.bernoulli_.float":
                return function(*args, **(kwargs or {}))
            noise, keep = args[:2]
            kept = mask(noise.shape, 1.0 - keep) > 0
            return noise.copy_(noise.new_tensor(kept).expand(noise.shape))

    with Masks():
        yield


@contextmanager
def inject_keras(patch, mask):
    file = importlib.import_module("keras.src.layers.regularization.dropout")

    def dropout(inputs, rate, noise_shape=None, seed=None):
        assert noise_shape is None
        return inputs * mask(inputs.shape, rate).astype(inputs.dtype.name)

    patch.setattr(file.backend.random, "dropout", dropout)
    yield


@contextmanager
def inject_jax(patch, mask):
    file = importlib.import_module("flax.nnx.nn.stochastic")

    def bernoulli(key, p, shape, **keywords):
        kept = mask(tuple(shape), 1.0 - p) > 0
        return jax.numpy.broadcast_to(kept, shape)

    patch.setattr(file, "random", SimpleNamespace(bernoulli=bernoulli))
    yield


INJECT = {
    "pytorch_impl": inject_pytorch,
    "keras_impl": inject_keras,
    "jax_impl": inject_jax,
}

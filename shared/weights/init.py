"""Initial weights: one numpy draw that every framework loads."""

from __future__ import annotations

import numpy as np

from shared.specs import ModelSpec, Weights
from shared.weights.layout import stacks, weight_shapes

RETENTION_BIAS = {"lstm": "forget_bias", "gru": "update_bias"}
"""Cell -> the field with the first bias of its second gate, f or z."""


def initial_weights(spec: ModelSpec, seed: int) -> Weights:
    """The first weights of a model, float32, drawn by numpy alone.

    Input weights are uniform (Glorot and Bengio 2010, eq. 16), recurrent
    ones orthogonal gate by gate (Saxe et al. 2014), embeddings normal with
    variance 1/E, biases 0 but for those of the gate that keeps the state:
    the LSTM's forget gate has 1 (Jozefowicz et al. 2015) unless told
    otherwise, the GRU's update gate 0.
    """
    rng = np.random.default_rng([seed, 1])
    hidden_sizes = {prefix: stack.hidden_size for prefix, stack in stacks(spec)}
    weights = {}
    for name, shape in weight_shapes(spec).items():
        part = name.rpartition(".")[2]
        stack = name.split(".")[0] + "."
        hidden = hidden_sizes.get(stack, spec.hidden_size)
        value = INITIALIZERS[part](rng, shape, hidden)
        weights[name] = value.astype(np.float32)
        if part == "b_ih" and spec.cell in RETENTION_BIAS:
            keep = getattr(spec, RETENTION_BIAS[spec.cell])
            weights[name][hidden : 2 * hidden] = keep
    return weights


def _glorot(
    rng: np.random.Generator, shape: tuple[int, ...], hidden: int
) -> np.ndarray:
    """Glorot's uniform law, with the columns of one gate as fan-out."""
    fan_out = min(shape[1], hidden)
    limit = np.sqrt(6.0 / (shape[0] + fan_out))
    return rng.uniform(-limit, limit, shape)


def _orthogonal(
    rng: np.random.Generator, shape: tuple[int, ...], hidden: int
) -> np.ndarray:
    """One orthogonal (H, H) matrix for each gate, side by side."""
    blocks = []
    for _ in range(shape[1] // hidden):
        q, r = np.linalg.qr(rng.standard_normal((hidden, hidden)))
        blocks.append(q * np.sign(np.diag(r)))
    return np.concatenate(blocks, axis=1)


def _normal(
    rng: np.random.Generator, shape: tuple[int, ...], hidden: int
) -> np.ndarray:
    """Normal with variance 1/E."""
    return rng.standard_normal(shape) / np.sqrt(shape[1])


def _zeros(
    rng: np.random.Generator, shape: tuple[int, ...], hidden: int
) -> np.ndarray:
    """Zeros."""
    return np.zeros(shape)


INITIALIZERS = {
    "table": _normal,
    "w_ih": _glorot,
    "w_hh": _orthogonal,
    "b_ih": _zeros,
    "b_hh": _zeros,
    "weight": _glorot,
    "bias": _zeros,
}

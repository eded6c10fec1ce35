"""Canonical weights: their names, shapes, first values and number.

===========================  ============  =================================
name                         shape         equation symbol
===========================  ============  =================================
embedding.table              (V, E)        E
rnn.{layer}.w_ih             (D, G·H)      W, gates i f g o or r z n
rnn.{layer}.w_hh             (H, G·H)      U, the same gates
rnn.{layer}.b_ih             (G·H)         b
rnn.{layer}.b_hh             (G·H)         b_h, GRU only: inside the reset
rnn.{layer}.reverse.*        the same      the direction from the end
head.weight, head.bias       (H', K), (K)  V, c; H' is H or 2H
===========================  ============  =================================
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from shared.specs import GATES, ModelSpec, Weights

DIRECTIONS = {False: ("",), True: ("", "reverse.")}


def step_size(spec: ModelSpec) -> int:
    """The size D of one step as the first recurrent layer sees it."""
    sizes = {"embedding": spec.embedding_size}
    return sizes.get(spec.input, spec.input_size)


def last_size(spec: ModelSpec) -> int:
    """The size H' of the last state: H, or 2H in both directions."""
    return spec.hidden_size * len(DIRECTIONS[spec.bidirectional])


def layer_prefixes(spec: ModelSpec) -> Iterator[tuple[str, int]]:
    """Each layer and direction: the prefix of its names and its D."""
    for layer in range(spec.num_layers):
        size = last_size(spec) if layer else step_size(spec)
        for direction in DIRECTIONS[spec.bidirectional]:
            yield f"rnn.{layer}.{direction}", size


def weight_shapes(spec: ModelSpec) -> dict[str, tuple[int, ...]]:
    """Canonical name -> shape, in canonical order."""
    shapes: dict[str, tuple[int, ...]] = {}
    if spec.input == "embedding":
        shapes["embedding.table"] = (spec.input_size, spec.embedding_size)
    hidden, columns = spec.hidden_size, GATES[spec.cell] * spec.hidden_size
    for prefix, size in layer_prefixes(spec):
        shapes[prefix + "w_ih"] = (size, columns)
        shapes[prefix + "w_hh"] = (hidden, columns)
        shapes[prefix + "b_ih"] = (columns,)
        if spec.cell == "gru":
            shapes[prefix + "b_hh"] = (columns,)
    shapes["head.weight"] = (last_size(spec), spec.output_size)
    shapes["head.bias"] = (spec.output_size,)
    return shapes


def initial_weights(spec: ModelSpec, seed: int) -> Weights:
    """The first weights of a model, float32, drawn by numpy alone.

    Input weights are uniform (Glorot and Bengio 2010, eq. 16), recurrent
    ones orthogonal gate by gate (Saxe et al. 2014), embeddings normal with
    variance 1/E, biases 0 but for the forget gate's 1 (Jozefowicz et al.
    2015).
    """
    rng = np.random.default_rng([seed, 1])
    weights = {}
    for name, shape in weight_shapes(spec).items():
        part = name.rpartition(".")[2]
        value = DRAWS[part](rng, shape, spec.hidden_size)
        weights[name] = value.astype(np.float32)
    if spec.cell == "lstm":
        forget = slice(spec.hidden_size, 2 * spec.hidden_size)
        for prefix, _ in layer_prefixes(spec):
            weights[prefix + "b_ih"][forget] = 1.0
    return weights


def count_parameters(spec: ModelSpec) -> int:
    """The number of trainable parameters, from the closed form.

    A layer has (D+H+1)H for the RNN, 4(D+H+1)H for the LSTM and 3(D+H+2)H
    for the GRU, whose candidate has a recurrent bias.
    """
    hidden, gates = spec.hidden_size, GATES[spec.cell]
    biases = 2 if spec.cell == "gru" else 1
    total = sum(
        gates * (size + hidden + biases) * hidden
        for _, size in layer_prefixes(spec)
    )
    if spec.input == "embedding":
        total += spec.input_size * spec.embedding_size
    return total + (last_size(spec) + 1) * spec.output_size


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


DRAWS = {
    "table": _normal,
    "w_ih": _glorot,
    "w_hh": _orthogonal,
    "b_ih": _zeros,
    "b_hh": _zeros,
    "weight": _glorot,
    "bias": _zeros,
}

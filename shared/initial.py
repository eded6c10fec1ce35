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
characters.*                 the same      what reads a word's characters
encoder.*, decoder.*, ...                  see `shared.bridged`
head.weight, head.bias       (P, K), (K)   V, c; P is H', or 2H' if pooled
                                           in two ways; H' is H or 2H; tied
                                           weights have no V but the table
===========================  ============  =================================
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from shared.bridged import (
    FED,
    bridged_count,
    bridged_shapes,
    decoder_spec,
    encoder_spec,
)
from shared.specs import GATES, ModelSpec, Weights

DIRECTIONS = {False: ("",), True: ("", "reverse.")}
KEEPING = {"lstm": "forget_bias", "gru": "update_bias"}
"""Cell -> the field with the first bias of its second gate, f or z."""

POOLED = {"last": 1, "mean": 1, "max": 1, "mean+max": 2}
"""How many vectors of size H' each pooling leaves."""


def char_spec(spec: ModelSpec) -> ModelSpec:
    """What reads the characters of a word: one layer, both directions."""
    return replace(
        spec,
        input="embedding",
        input_size=spec.char_size,
        embedding_size=spec.char_embedding_size,
        hidden_size=spec.char_hidden_size,
        num_layers=1,
        bidirectional=True,
        dropout=0.0,
        char_encoder=False,
    )


def folding_spec(spec: ModelSpec) -> ModelSpec:
    """The encoder of an autoencoder."""
    return replace(spec, model="tagger")


def unfolding_spec(spec: ModelSpec) -> ModelSpec:
    """Its decoder: one way, each step reads what the encoder leaves."""
    return replace(
        spec, model="tagger", input_size=last_size(spec), bidirectional=False
    )


def stacks(spec: ModelSpec) -> Iterator[tuple[str, ModelSpec]]:
    """The prefix and spec of each recurrent stack, with its embedding."""
    if spec.model == "seq2seq":
        yield "encoder.", encoder_spec(spec)
        yield "decoder.", decoder_spec(spec)
        return
    if spec.model == "autoencoder":
        yield "encoder.", folding_spec(spec)
        yield "decoder.", unfolding_spec(spec)
        return
    if spec.char_encoder:
        yield "characters.", char_spec(spec)
    yield "", spec


def step_size(spec: ModelSpec) -> int:
    """The size D of one step as the first recurrent layer sees it."""
    sizes = {"embedding": spec.embedding_size}
    size = sizes.get(spec.input, spec.input_size)
    if FED[spec.attention]:
        size += spec.hidden_size
    return size + last_size(char_spec(spec)) if spec.char_encoder else size


def last_size(spec: ModelSpec) -> int:
    """The size H' of the last state: H, or 2H in both directions."""
    return spec.hidden_size * len(DIRECTIONS[spec.bidirectional])


def head_size(spec: ModelSpec) -> int:
    """The size P of what the head reads, the last stack's."""
    *_, (_, stack) = stacks(spec)
    return last_size(stack) * POOLED[spec.pooling]


def layer_prefixes(spec: ModelSpec) -> Iterator[tuple[str, int]]:
    """Each layer and direction of a stack: prefix of its names, its D."""
    for layer in range(spec.num_layers):
        size = last_size(spec) if layer else step_size(spec)
        for direction in DIRECTIONS[spec.bidirectional]:
            yield f"rnn.{layer}.{direction}", size


def weight_shapes(spec: ModelSpec) -> dict[str, tuple[int, ...]]:
    """Canonical name -> shape, in canonical order."""
    shapes = {
        prefix + name: shape
        for prefix, stack in stacks(spec)
        for name, shape in _stack_shapes(stack).items()
    }
    return shapes | joint_shapes(spec)


def joint_shapes(spec: ModelSpec) -> dict[str, tuple[int, ...]]:
    """Canonical name -> shape of what is in no stack: the head, and bridges."""
    shapes: dict[str, tuple[int, ...]] = {}
    if spec.model == "seq2seq":
        shapes |= bridged_shapes(spec)
    if not spec.tie_weights:
        shapes["head.weight"] = (head_size(spec), spec.output_size)
    shapes["head.bias"] = (spec.output_size,)
    return shapes


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
        value = DRAWS[part](rng, shape, hidden)
        weights[name] = value.astype(np.float32)
        if part == "b_ih" and spec.cell in KEEPING:
            keep = getattr(spec, KEEPING[spec.cell])
            weights[name][hidden : 2 * hidden] = keep
    return weights


def count_parameters(spec: ModelSpec) -> int:
    """The number of trainable parameters, from the closed form.

    A layer has (D+H+1)H for the RNN, 4(D+H+1)H for the LSTM and 3(D+H+2)H
    for the GRU, whose candidate has a recurrent bias.
    """
    rows = 1 if spec.tie_weights else head_size(spec) + 1
    total = rows * spec.output_size
    if spec.model == "seq2seq":
        total += bridged_count(spec)
    biases = 2 if spec.cell == "gru" else 1
    for _, stack in stacks(spec):
        hidden, gates = stack.hidden_size, GATES[stack.cell]
        for _, size in layer_prefixes(stack):
            total += gates * (size + hidden + biases) * hidden
        if stack.input == "embedding":
            total += stack.input_size * stack.embedding_size
    return total


def _stack_shapes(spec: ModelSpec) -> dict[str, tuple[int, ...]]:
    """The shapes of a stack's embedding and of its layers."""
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
    return shapes


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

"""Encoder, bridge, attention and decoder in numpy.

The decoder goes step by step, whatever the attention. At each step it reads
the symbol that it is told or the likeliest one of its own last logits,
through which no gradient goes.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from shared.reference.attention import Look, look
from shared.reference.stack import Stack, States, stack_forward
from shared.specs import ModelSpec, Weights
from shared.weights.seq2seq import (
    INPUT_FEEDING,
    bridge_parts,
    decoder_spec,
    encoder_spec,
)


class Source(NamedTuple):
    """An encoded source: the encoder's pass, and the valid steps."""

    stack: Stack
    inside: np.ndarray  # (B, T)

    @property
    def memory(self) -> np.ndarray:
        """What attention reads: (B, T, H)."""
        return self.stack.steps.outputs


class Position(NamedTuple):
    """Decoder state: the layers' states and the last outputs."""

    states: States
    outputs: np.ndarray  # (B, H)


class Step(NamedTuple):
    """One decoder step, cached for the backward pass."""

    symbols: np.ndarray  # (B,)
    query: np.ndarray  # (B, H)
    seen: Look | None
    stack: Stack
    read: np.ndarray  # (B, H)
    logits: np.ndarray  # (B, V)


class Pass(NamedTuple):
    """A forward pass: outputs, the source, the initial state, every step."""

    outputs: np.ndarray  # (B, T, V)
    source: Source
    start: Position
    steps: list[Step]


def forward_pass(
    spec: ModelSpec,
    weights: Weights,
    x: np.ndarray,
    lengths: np.ndarray | None,
    sample_mask: np.ndarray | None = None,
) -> Pass:
    """Logits (B, T, V) from float64 weights, x (B, T, 2).

    x: the source and the decoder's input; sample_mask (B, T): where the
    decoder reads its last prediction instead.
    """
    source, start = encode(spec, weights, x[..., 0], lengths)
    position, steps = start, list[Step]()
    for t in range(x.shape[1]):
        symbols = x[:, t, 1]
        if steps and sample_mask is not None:
            predicted = steps[-1].logits.argmax(axis=1)
            symbols = np.where(sample_mask[:, t], predicted, symbols)
        done, position = step(spec, weights, source, position, symbols)
        steps.append(done)
    outputs = np.stack([done.logits for done in steps], axis=1)
    return Pass(outputs, source, start, steps)


def encode(
    spec: ModelSpec,
    weights: Weights,
    symbols: np.ndarray,
    lengths: np.ndarray | None,
) -> tuple[Source, Position]:
    """Encode a source (B, T), and compute the decoder's initial state."""
    own = under("encoder.", weights)
    vectors = own["embedding.table"][symbols]  # (B, T, E)
    stack = stack_forward(encoder_spec(spec), own, vectors, lengths)
    inside = np.ones(symbols.shape, bool)
    if lengths is not None:
        inside = np.arange(symbols.shape[1]) < lengths[:, None]
    return Source(stack, inside), bridge(spec, weights, stack.steps.last)


def bridge(spec: ModelSpec, weights: Weights, last: np.ndarray) -> Position:
    """h = tanh(W l + b) and c = W l + b of each layer, l (B, H).

    The decoder's initial state, computed from the encoder's last state by
    learned weights (Bahdanau, Cho and Bengio 2015, A.2.2, for h).
    """
    states: dict[str, tuple[np.ndarray, ...]] = {}
    for part in bridge_parts(spec):
        layer, name = part.split(".")
        own = under(f"bridge.{part}.", weights)
        value = last @ own["weight"] + own["bias"]  # (B, H)
        if name == "h":
            value = np.tanh(value)
        prefix = f"rnn.{layer}."
        states[prefix] = (*states.get(prefix, ()), value)
    return Position(states, states[prefix][0])  # the top layer's


def step(
    spec: ModelSpec,
    weights: Weights,
    source: Source,
    position: Position,
    symbols: np.ndarray,
) -> tuple[Step, Position]:
    """Feed tokens (B,): logits of the next ones, and the new state."""
    own, seen = under("decoder.", weights), None
    vectors, query = own["embedding.table"][symbols], position.outputs
    if INPUT_FEEDING[spec.attention]:
        seen = _look(spec, weights, source, query)
        vectors = np.concatenate([vectors, seen.context], axis=1)
    stack = stack_forward(
        decoder_spec(spec), own, vectors[:, None], None, position.states
    )
    outputs = read = stack.steps.last  # (B, H)
    if seen is None and spec.attention != "none":
        query = outputs
        seen = _look(spec, weights, source, query)
    if seen is not None:
        joined = np.concatenate([seen.context, outputs], axis=1)
        read = np.tanh(joined @ weights["readout.weight"])
    logits = read @ head_matrix(spec, weights) + weights["head.bias"]
    done = Step(symbols, query, seen, stack, read, logits)
    return done, Position(stack.states, outputs)


def under(prefix: str, weights: Weights) -> Weights:
    """The weights below a prefix, without the prefix."""
    return {
        name.removeprefix(prefix): w
        for name, w in weights.items()
        if name.startswith(prefix)
    }


def head_matrix(spec: ModelSpec, weights: Weights) -> np.ndarray:
    """Weights of the head: (H, V), tied to the embedding or separate."""
    if spec.tie_weights:
        return weights["decoder.embedding.table"].T
    return weights["head.weight"]


def _look(
    spec: ModelSpec, weights: Weights, source: Source, query: np.ndarray
) -> Look:
    memory, inside = source.memory, source.inside
    return look(spec.attention, query, memory, inside, weights)

"""Encoder, bridge, attention and decoder in numpy.

The decoder goes step by step, whatever the attention. At each step it reads
the given token or the most probable one of its own last logits, through which
no gradient flows.
"""

from typing import NamedTuple

import numpy as np

from shared.reference.attention import Attended, attend
from shared.reference.head import head
from shared.reference.stack import Stack, States, stack_forward
from shared.specs import Array, ModelSpec, Weights
from shared.weights.seq2seq import (
    INPUT_FEEDING,
    bridge_parts,
    decoder_spec,
    encoder_spec,
)


class DecoderState(NamedTuple):
    """The states of the decoder's layers, and its last outputs."""

    states: States
    outputs: Array  # (B, H)


class Step(NamedTuple):
    """One decoder step, cached for the backward pass."""

    stack: Stack
    attended: Attended | None
    readout: Array  # (B, H), what the head reads
    logits: Array  # (B, V)


class Pass(NamedTuple):
    """A forward pass, with what the backward pass needs."""

    outputs: Array  # (B, T, V)
    encoder: Stack
    initial: DecoderState
    steps: list[Step]


def forward_pass(
    spec: ModelSpec,
    weights: Weights,
    x: Array,
    lengths: Array | None,
    sample_mask: Array | None = None,
) -> Pass:
    """Logits (B, T, V) from float64 weights, x (B, T, 2).

    x: the source and the decoder's input; sample_mask (B, T): where the
    decoder reads its last prediction instead.
    """
    encoder, initial = encode(spec, weights, x[..., 0], lengths)
    state, steps = initial, list[Step]()
    for t in range(x.shape[1]):
        tokens = x[:, t, 1]
        if steps and sample_mask is not None:
            predicted = steps[-1].logits.argmax(axis=1)
            tokens = np.where(sample_mask[:, t], predicted, tokens)
        done, state = step(spec, weights, encoder, state, tokens)
        steps.append(done)
    outputs = np.stack([done.logits for done in steps], axis=1)
    return Pass(outputs, encoder, initial, steps)


def encode(
    spec: ModelSpec, weights: Weights, tokens: Array, lengths: Array | None
) -> tuple[Stack, DecoderState]:
    """Encode a source (B, T), and compute the decoder's initial state.

    h = tanh(W l + b) and c = W l + b of each layer, l (B, H) the encoder's last
    state (Bahdanau, Cho and Bengio 2015, A.2.2, for h).
    """
    encoder = stack_forward(
        encoder_spec(spec), weights, tokens, lengths, "encoder."
    )
    states: dict[str, tuple[Array, ...]] = {}
    for part in bridge_parts(spec):
        layer, name = part.split(".")
        value = encoder.last @ weights[f"bridge.{part}.weight"]  # (B, H)
        value += weights[f"bridge.{part}.bias"]
        prefix = f"decoder.rnn.{layer}."
        value = np.tanh(value) if name == "h" else value
        states[prefix] = (*states.get(prefix, ()), value)
    return encoder, DecoderState(states, states[prefix][0])  # the top layer's


def step(
    spec: ModelSpec,
    weights: Weights,
    encoder: Stack,
    state: DecoderState,
    tokens: Array,
) -> tuple[Step, DecoderState]:
    """Feed tokens (B,): logits of the next ones, and the new state."""
    kind, memory, mask = spec.attention, encoder.outputs, encoder.mask[..., 0]
    attended, context = None, []
    if INPUT_FEEDING[kind]:
        attended = attend(kind, state.outputs, memory, mask, weights)
        context = [attended.context[:, None]]
    stack = stack_forward(
        decoder_spec(spec),
        weights,
        tokens[:, None],
        None,
        "decoder.",
        state.states,
        context,
    )
    readout = stack.last  # (B, H)
    if kind != "none":
        attended = attended or attend(kind, readout, memory, mask, weights)
        joined = np.concatenate([attended.context, readout], axis=1)
        readout = np.tanh(joined @ weights["readout.weight"])
    logits = head(spec, weights, readout)
    done = Step(stack, attended, readout, logits)
    return done, DecoderState(stack.states, stack.last)

"""Decoding in numpy, what all frameworks must repeat."""

from functools import partial

import numpy as np

from shared.decoding import beam_search
from shared.decoding.options import DecodingOptions
from shared.decoding.options import Step as NextTokens
from shared.reference.losses import token_nll
from shared.reference.model import in_float64
from shared.reference.seq2seq import DecoderState, encode, forward_pass, step
from shared.reference.softmax import log_softmax
from shared.reference.stack import Stack
from shared.specs import Array, ModelSpec, Weights


def decode(
    spec: ModelSpec,
    weights: Weights,
    x: Array,
    lengths: Array,
    options: DecodingOptions,
) -> Array:
    """The target of each source (N, T): (N, max_length), -1 past its end."""
    weights = in_float64(weights)
    steps = partial(encode, spec, weights), partial(_advance, spec, weights)
    return beam_search.decode(*steps, x, lengths, options, spec.output_size)


def teacher_forced_scores(
    spec: ModelSpec, weights: Weights, x: Array, y: Array, lengths: Array
) -> Array:
    """Token NLL in nats, and hits of the most probable token: (N, T, 2)."""
    logits = forward_pass(spec, in_float64(weights), x, lengths).outputs
    return np.stack([token_nll(logits, y), logits.argmax(axis=2) == y], axis=2)


def attention_maps(
    spec: ModelSpec, weights: Weights, x: Array, lengths: Array
) -> Array:
    """Attention weights of each decoder step: (B, T, T)."""
    steps = forward_pass(spec, in_float64(weights), x, lengths).steps
    maps = [one.attended.weights for one in steps if one.attended is not None]
    return np.stack(maps, axis=1)


def _advance(
    spec: ModelSpec,
    weights: Weights,
    state: tuple[Stack, DecoderState],
    rows: Array,
    tokens: Array,
    count: int,
) -> NextTokens:
    """Feed one token to each of these rows: the most probable next tokens."""
    encoder, (states, outputs) = state
    encoder = encoder._replace(
        outputs=encoder.outputs[rows], mask=encoder.mask[rows]
    )
    states = {
        prefix: tuple(value[rows] for value in one)
        for prefix, one in states.items()
    }
    selected = DecoderState(states, outputs[rows])
    done, after = step(spec, weights, encoder, selected, tokens)
    log_probs = log_softmax(done.logits)
    best = np.argsort(-log_probs, axis=1, kind="stable")[:, :count]
    found = np.take_along_axis(log_probs, best, axis=1)
    return NextTokens(found, best, (encoder, after))

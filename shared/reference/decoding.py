"""Decoding in numpy, what all frameworks must repeat."""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np

from shared.decoding import beam_search
from shared.decoding.options import DecodingOptions, Step
from shared.reference.model import in_float64
from shared.reference.seq2seq import (
    Position,
    Source,
    encode,
    forward_pass,
    step,
)
from shared.reference.stack import Stack
from shared.specs import ModelSpec, Weights


def decode(
    spec: ModelSpec,
    weights: Weights,
    x: np.ndarray,
    lengths: np.ndarray,
    rule: DecodingOptions,
) -> np.ndarray:
    """The target of each source (N, T): (N, max_length), -1 past its end."""
    weights = in_float64(weights)
    steps = partial(encode, spec, weights), partial(_advance, spec, weights)
    return beam_search.decode(*steps, x, lengths, rule, spec.output_size)


def teacher_forced_scores(
    spec: ModelSpec,
    weights: Weights,
    x: np.ndarray,
    y: np.ndarray,
    lengths: np.ndarray,
) -> np.ndarray:
    """Token NLL in nats, and hits of the most probable token: (N, T, 2)."""
    done = forward_pass(spec, in_float64(weights), x, lengths)
    logs, chosen = _logs(done.outputs), np.maximum(y, 0)[:, :, None]
    found = -np.take_along_axis(logs, chosen, axis=2)[:, :, 0]
    hits = logs.argmax(axis=2) == y
    return np.stack([np.where(y < 0, 0.0, found), hits], axis=2)


def attention_maps(
    spec: ModelSpec, weights: Weights, x: np.ndarray, lengths: np.ndarray
) -> np.ndarray:
    """Attention weights of each decoder step: (B, T, T)."""
    done = forward_pass(spec, in_float64(weights), x, lengths)
    seen = [one.seen.weights for one in done.steps if one.seen is not None]
    return np.stack(seen, axis=1)


def _advance(
    spec: ModelSpec,
    weights: Weights,
    state: Any,
    rows: np.ndarray,
    symbols: np.ndarray,
    count: int,
) -> Step:
    """Feed one token to each row: the most probable next tokens."""
    source, position = state
    source = _source(source, rows)
    done, position = step(
        spec, weights, source, _position(position, rows), symbols
    )
    logs = _logs(done.logits)
    likeliest = np.argsort(-logs, axis=1, kind="stable")[:, :count]
    found = np.take_along_axis(logs, likeliest, axis=1)
    return Step(found, likeliest, (source, position))


def _position(position: Position, rows: np.ndarray) -> Position:
    states = {
        prefix: tuple(value[rows] for value in state)
        for prefix, state in position.states.items()
    }
    return Position(states, position.outputs[rows])


def _source(source: Source, rows: np.ndarray) -> Source:
    steps = source.stack.steps
    picked = steps._replace(outputs=steps.outputs[rows])
    return Source(Stack(picked, {}), source.inside[rows])


def _logs(logits: np.ndarray) -> np.ndarray:
    """Log-probabilities (..., V)."""
    shifted = logits - logits.max(axis=-1, keepdims=True)
    sums = np.exp(shifted).sum(axis=-1, keepdims=True)
    logs: np.ndarray = shifted - np.log(sums)
    return logs

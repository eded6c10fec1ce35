"""Generation and scoring in numpy, what all frameworks must repeat."""

from __future__ import annotations

import numpy as np

from shared.batching.tbptt import State, score_streams
from shared.decoding.sampling import CHOICES, Sampling
from shared.reference.model import forward_pass, in_float64
from shared.reference.stack import States
from shared.specs import ModelSpec, Weights


def generate(
    spec: ModelSpec,
    weights: Weights,
    prompt: np.ndarray,
    draws: np.ndarray,
    rule: Sampling,
) -> np.ndarray:
    """Continue a prompt: (B, P), uniforms (S, B) -> tokens (B, S).

    Of frames (B, P, K), uniforms (S, B, K) -> frames (B, S, K).
    """
    weights = in_float64(weights)
    read, state = prompt, None
    written = []
    for draw in draws:
        done = forward_pass(spec, weights, read, None, state)
        state = done.stack.states
        choose = CHOICES[spec.model]
        written.append(choose(done.outputs[:, -1], draw, rule))
        read = written[-1][:, None]  # (B, 1)
    return np.stack(written, axis=1)


def token_nll(
    spec: ModelSpec, weights: Weights, x: np.ndarray, y: np.ndarray
) -> np.ndarray:
    """Token NLL of y in nats, with carried state: (N, T)."""
    weights = in_float64(weights)

    def forward(
        x: np.ndarray, y: np.ndarray, state: States | None
    ) -> tuple[np.ndarray, State]:
        done = forward_pass(spec, weights, x, None, state)
        highest = done.outputs.max(axis=2, keepdims=True)
        shifted = done.outputs - highest  # (B, T, V)
        logs = shifted - np.log(np.exp(shifted).sum(axis=2, keepdims=True))
        chosen = np.maximum(y, 0)[:, :, None]
        found = -np.take_along_axis(logs, chosen, axis=2)[:, :, 0]
        return np.where(y < 0, 0.0, found), done.stack.states

    return score_streams(forward, lambda batch: None, x, y)

"""Generation and scoring in numpy, what all frameworks must repeat."""

import numpy as np

from shared.batching.tbptt import score_streams
from shared.decoding.sampling import SAMPLERS, Sampling
from shared.reference import losses
from shared.reference.model import forward_pass, in_float64
from shared.reference.stack import States
from shared.specs import Array, ModelSpec, Weights


def generate(
    spec: ModelSpec,
    weights: Weights,
    prompt: Array,
    uniforms: Array,
    sampling: Sampling,
) -> Array:
    """Continue a prompt: (B, P), uniforms (S, B) -> tokens (B, S).

    Of frames (B, P, K), uniforms (S, B, K) -> frames (B, S, K).
    """
    weights, x, states, generated = in_float64(weights), prompt, None, []
    for step in uniforms:
        done = forward_pass(spec, weights, x, None, states)
        states = done.stack.states
        sample = SAMPLERS[spec.model]
        generated.append(sample(done.outputs[:, -1], step, sampling))
        x = generated[-1][:, None]  # (B, 1)
    return np.stack(generated, axis=1)


def token_nll(spec: ModelSpec, weights: Weights, x: Array, y: Array) -> Array:
    """Nats of y (N, T), 0 where it is -1; windows pass on their state."""
    weights = in_float64(weights)

    def forward(
        x: Array, y: Array, states: States | None
    ) -> tuple[Array, States]:
        done = forward_pass(spec, weights, x, None, states)
        return losses.token_nll(done.outputs, y), done.stack.states

    return score_streams(forward, lambda batch: None, x, y)

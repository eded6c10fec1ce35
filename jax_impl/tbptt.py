"""Truncated backpropagation through time: state kept between windows."""

import numpy as np
from flax import nnx

from jax_impl.device import to_device
from jax_impl.losses import step_losses
from jax_impl.recurrent import State
from jax_impl.training import apply
from shared.batching.tbptt import score_streams


def token_nll(model: nnx.Module, x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Negative log-likelihood of each y in nats, stateful: (N, T)."""
    model.eval()
    forward_from = nnx.cached_partial(apply, type(model).forward_from, model)

    def forward(
        x: np.ndarray, y: np.ndarray, state: State
    ) -> tuple[np.ndarray, State]:
        logits, state = forward_from(x, state)
        return np.asarray(step_losses(logits, to_device(y))), state

    return score_streams(forward, model.initial_state, x, y)

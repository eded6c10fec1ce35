"""Text in streams: the state goes on from window to window."""

from functools import partial

import jax
import numpy as np
from flax import nnx
from jax import Array

from jax_impl.losses import step_losses
from shared.batching.tbptt import score_streams


def likelihoods(model: nnx.Module, x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Negative log-likelihoods of y (N, T) in nats, the state carried."""
    model.eval()
    graphdef, state = nnx.split(model)

    def forward(x: np.ndarray, y: np.ndarray, carry: list) -> tuple:
        losses, carry = score(graphdef, state, carry, x, y)
        return np.asarray(losses), carry

    return score_streams(forward, model.start, x, y)


@partial(jax.jit, static_argnums=0)
def score(
    graphdef: nnx.GraphDef, state: nnx.State, carry: list, x: Array, y: Array
) -> tuple[Array, list]:
    """Losses (B, T) of the next windows, and the carry after them."""
    logits, carry = nnx.merge(graphdef, state).resume(x, carry)
    return step_losses(logits, y), carry

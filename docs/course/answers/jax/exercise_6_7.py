import jax
import jax.numpy as jnp
from jax import Array


def tbptt(
    x: Array, y: Array, w_ih: Array, w_hh: Array, b: Array, window: int
) -> Array:
    """The gradient of each window's loss by U: (B, T, D) -> (S, H, H)."""

    def loss(w_hh: Array, h: Array, start: int) -> tuple[Array, Array]:
        states = []
        for t in range(start, start + window):
            h = jnp.tanh(x[:, t] @ w_ih + h @ w_hh + b)
            states.append(h)
        targets = y[:, start : start + window]
        return jnp.mean((jnp.stack(states, axis=1) - targets) ** 2), h

    h = jnp.zeros((x.shape[0], w_hh.shape[0]))  # (B, H)
    gradients = []
    for start in range(0, x.shape[1], window):
        # The state is an argument: no gradient goes through it.
        gradient, h = jax.grad(loss, has_aux=True)(w_hh, h, start)
        gradients.append(gradient)
    return jnp.stack(gradients)

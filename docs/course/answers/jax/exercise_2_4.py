import jax
import jax.numpy as jnp
from jax import Array


def input_gradient_norms(x: Array, w_ih: Array, w_hh: Array, b: Array) -> Array:
    """The norm of the gradient of the last state by each input: (B, T)."""

    def loss(x: Array) -> Array:
        h = jnp.zeros((len(x), len(w_hh)))  # (B, H)
        for t in range(x.shape[1]):
            h = jnp.tanh(x[:, t] @ w_ih + h @ w_hh + b)
        return h.sum()

    d_x = jax.grad(loss)(x)  # (B, T, D)
    return jnp.linalg.norm(d_x, axis=2)

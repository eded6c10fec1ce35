import jax.numpy as jnp
from jax import Array


def forecast(
    x: Array, w_ih: Array, w_hh: Array, b: Array, w_out: Array, b_out: Array
) -> Array:
    """A forecast from the last state: (B, T, D) -> (B, K)."""
    h = jnp.zeros((x.shape[0], w_hh.shape[0]))  # (B, H)
    states = []
    for t in range(x.shape[1]):
        h = jnp.tanh(x[:, t] @ w_ih + h @ w_hh + b)
        states.append(h)
    return states[-1] @ w_out + b_out

import jax.numpy as jnp
from jax import Array


def rnn_step(x: Array, h: Array, w_ih: Array, w_hh: Array, b: Array) -> Array:
    """One step of a vanilla RNN: (B, D), (B, H) -> (B, H)."""
    return jnp.tanh(x @ w_ih + h @ w_hh + b)

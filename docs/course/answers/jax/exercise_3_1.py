import jax
import jax.numpy as jnp
from jax import Array


def lstm_step(
    x: Array, h: Array, c: Array, w_ih: Array, w_hh: Array, b: Array
) -> tuple[Array, Array]:
    """One step of an LSTM: the new hidden and cell state, each (B, H)."""
    i, f, g, o = jnp.split(x @ w_ih + h @ w_hh + b, 4, axis=1)
    c = jax.nn.sigmoid(f) * c + jax.nn.sigmoid(i) * jnp.tanh(g)
    h = jax.nn.sigmoid(o) * jnp.tanh(c)
    return h, c

import jax
import jax.numpy as jnp
from jax import Array


def gru_step(
    x: Array, h: Array, w_ih: Array, w_hh: Array, b_ih: Array, b_hh: Array
) -> Array:
    """One step of a GRU, the reset gate after the product: (B, H)."""
    a_r, a_z, a_n = jnp.split(x @ w_ih + b_ih, 3, axis=1)
    u_r, u_z, u_n = jnp.split(h @ w_hh + b_hh, 3, axis=1)
    r = jax.nn.sigmoid(a_r + u_r)
    z = jax.nn.sigmoid(a_z + u_z)
    n = jnp.tanh(a_n + r * u_n)
    return (1 - z) * n + z * h

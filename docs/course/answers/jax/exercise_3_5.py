import jax
import jax.numpy as jnp
from jax import Array


def lstm_layer(
    x: Array, h: Array, c: Array, w_ih: Array, w_hh: Array, b: Array
) -> Array:
    """The hidden state after each step: (B, T, D) -> (B, T, H)."""
    outputs = []
    for t in range(x.shape[1]):
        gates = x[:, t] @ w_ih + h @ w_hh + b  # (B, 4H)
        i, f, g, o = jnp.split(gates, 4, axis=1)
        c = jax.nn.sigmoid(f) * c + jax.nn.sigmoid(i) * jnp.tanh(g)
        h = jax.nn.sigmoid(o) * jnp.tanh(c)
        outputs.append(h)
    return jnp.stack(outputs, axis=1)

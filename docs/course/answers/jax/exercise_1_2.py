import jax.numpy as jnp
from jax import Array


def unroll(x: Array, h: Array, w_ih: Array, w_hh: Array, b: Array) -> Array:
    """The state after each step: (B, T, D), (B, H) -> (B, T, H)."""
    outputs = []
    for t in range(x.shape[1]):
        h = jnp.tanh(x[:, t] @ w_ih + h @ w_hh + b)  # (B, H)
        outputs.append(h)
    return jnp.stack(outputs, axis=1)

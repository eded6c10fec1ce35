import jax.numpy as jnp
from jax import Array


def masked_rnn(
    x: Array, lengths: Array, w_ih: Array, w_hh: Array, b: Array
) -> Array:
    """The state after each step, as it is past the end: (B, T, H)."""
    h = jnp.zeros((x.shape[0], w_hh.shape[0]))  # (B, H)
    outputs = []
    for t in range(x.shape[1]):
        new = jnp.tanh(x[:, t] @ w_ih + h @ w_hh + b)
        h = jnp.where((t < lengths)[:, None], new, h)
        outputs.append(h)
    return jnp.stack(outputs, axis=1)

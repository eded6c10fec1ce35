import jax.numpy as jnp
from jax import Array


def classify(
    x: Array,
    lengths: Array,
    w_ih: Array,
    w_hh: Array,
    b: Array,
    w_out: Array,
    b_out: Array,
) -> Array:
    """The most probable class of each sequence: (B, T, D) -> (B)."""
    h = jnp.zeros((x.shape[0], w_hh.shape[0]))  # (B, H)
    states = []
    for t in range(x.shape[1]):
        h = jnp.tanh(x[:, t] @ w_ih + h @ w_hh + b)
        states.append(h)
    outputs = jnp.stack(states, axis=1)  # (B, T, H)
    last = outputs[jnp.arange(len(x)), lengths - 1]
    return jnp.argmax(last @ w_out + b_out, axis=1)

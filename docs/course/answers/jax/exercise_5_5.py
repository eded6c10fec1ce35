import jax.numpy as jnp
from jax import Array


def bidirectional(
    x: Array,
    lengths: Array,
    w_ih: Array,
    w_hh: Array,
    b: Array,
    w_ih_back: Array,
    w_hh_back: Array,
    b_back: Array,
) -> Array:
    """Forward and backward states, 0 past the end: (B, T, D) -> (B, T, 2H)."""
    mask = (jnp.arange(x.shape[1]) < lengths[:, None])[:, :, None]
    forward = run_layer(x, w_ih, w_hh, b)
    reversed_x = reverse_padded(x, lengths)
    backward = run_layer(reversed_x, w_ih_back, w_hh_back, b_back)
    backward = reverse_padded(backward, lengths)
    outputs = jnp.concatenate([forward, backward], axis=2)
    return jnp.where(mask, outputs, 0.0)


def run_layer(x: Array, w_ih: Array, w_hh: Array, b: Array) -> Array:
    """The state after each step: (B, T, D) -> (B, T, H)."""
    h = jnp.zeros((x.shape[0], w_hh.shape[0]))  # (B, H)
    outputs = []
    for t in range(x.shape[1]):
        h = jnp.tanh(x[:, t] @ w_ih + h @ w_hh + b)
        outputs.append(h)
    return jnp.stack(outputs, axis=1)


def reverse_padded(x: Array, lengths: Array) -> Array:
    """The valid steps reversed, the padding left at the end."""
    steps, ends = jnp.arange(x.shape[1]), lengths[:, None]
    index = jnp.where(steps < ends, ends - 1 - steps, steps)  # (B, T)
    return jnp.take_along_axis(x, index[:, :, None], axis=1)

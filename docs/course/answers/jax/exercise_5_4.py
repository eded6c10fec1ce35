import jax.numpy as jnp
from jax import Array


def reverse_padded(x: Array, lengths: Array) -> Array:
    """The valid steps reversed, the padding left at the end: (B, T, D)."""
    steps, ends = jnp.arange(x.shape[1]), lengths[:, None]
    index = jnp.where(steps < ends, ends - 1 - steps, steps)  # (B, T)
    return jnp.take_along_axis(x, index[:, :, None], axis=1)

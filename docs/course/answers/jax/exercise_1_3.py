import jax.numpy as jnp
from jax import Array


def windows(series: Array, size: int) -> tuple[Array, Array]:
    """Windows and the value after each: (N) -> (M, T, 1), (M, 1)."""
    starts = jnp.arange(len(series) - size)
    x = series[starts[:, None] + jnp.arange(size)]  # (M, T)
    y = series[starts + size]
    return x[:, :, None], y[:, None]

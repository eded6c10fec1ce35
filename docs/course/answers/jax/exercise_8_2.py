import jax.numpy as jnp
from jax import Array


def mase(forecast: Array, actual: Array, train: Array, season: int) -> Array:
    """Mean absolute error, scaled by that of the seasonal naive forecast."""
    naive = jnp.mean(jnp.abs(train[season:] - train[:-season]))
    return jnp.mean(jnp.abs(forecast - actual)) / naive

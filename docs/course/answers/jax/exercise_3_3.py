import jax.numpy as jnp
from jax import Array


def initial_bias(hidden_size: int, value: float) -> Array:
    """The bias (4H) of an LSTM, not 0 at the forget gate."""
    b = jnp.zeros((4, hidden_size)).at[1].set(value)
    return b.ravel()

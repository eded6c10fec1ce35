import jax
from jax import Array


def one_hot(tokens: Array, size: int) -> Array:
    """One-hot vectors: (B, T) -> (B, T, V)."""
    return jax.nn.one_hot(tokens, size)

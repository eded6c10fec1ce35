import jax.numpy as jnp
from jax import Array


def pad(sequences: list[list[int]], value: int) -> tuple[Array, Array]:
    """Padded tokens (B, T), and the length of each sequence (B)."""
    steps = max(map(len, sequences))
    tokens = [s + [value] * (steps - len(s)) for s in sequences]
    lengths = jnp.array([len(s) for s in sequences])
    return jnp.array(tokens), lengths

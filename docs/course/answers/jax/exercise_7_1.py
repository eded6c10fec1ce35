import jax.numpy as jnp
from jax import Array


def decoder_inputs(targets: Array, start: int) -> Array:
    """The targets one step later, after the start token: (B, T)."""
    starts = jnp.full((len(targets), 1), start)
    return jnp.concatenate([starts, targets[:, :-1]], axis=1)

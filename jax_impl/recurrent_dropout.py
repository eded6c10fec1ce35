"""Recurrent dropout: h is masked where U multiplies it, and there alone."""

import jax.numpy as jnp
from flax import nnx
from jax import Array


def recurrent_masks(
    dropout: nnx.Dropout | None, h: Array, gates: int
) -> tuple[Array, ...]:
    """A mask of h (B, H) for each gate, of a whole sequence; () where off."""
    if dropout is None or dropout.deterministic:
        return ()
    return tuple(dropout(jnp.ones((gates, *h.shape), h.dtype)))


def product(h: Array, w_hh: Array, masks: tuple[Array, ...] = ()) -> Array:
    """U h, or U (m h) with the mask of each gate: (B, H) -> (B, G·H)."""
    if not masks:
        return h @ w_hh
    blocks = jnp.split(w_hh, len(masks), axis=-1)  # each (H, H)
    return jnp.concatenate(
        [(m * h) @ u for m, u in zip(masks, blocks)], axis=-1
    )

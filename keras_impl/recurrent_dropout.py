"""Recurrent dropout: h is masked where U multiplies it, and there alone."""

from typing import Any

from keras import layers, ops


def recurrent_masks(dropout: layers.Dropout, h, gates: int) -> tuple[Any, ...]:
    """A mask of h (B, H) for each gate, of a whole sequence; () where off."""
    # A layer of Keras learns at the call whether the model trains.
    return tuple(ops.unstack(dropout(ops.stack([ops.ones_like(h)] * gates))))


def product(h, w_hh, masks: tuple[Any, ...] = ()):
    """U h, or U (m h) with the mask of each gate: (B, H) -> (B, G·H)."""
    if not masks:
        return ops.matmul(h, w_hh)
    blocks = ops.split(w_hh, len(masks), axis=-1)  # each (H, H)
    products = [ops.matmul(m * h, u) for m, u in zip(masks, blocks)]
    return ops.concatenate(products, axis=-1)

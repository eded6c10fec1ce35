"""Attention of the decoder over the encoder's outputs."""

from functools import partial
from typing import NamedTuple

import jax.numpy as jnp
from flax import nnx
from jax import Array


class Memory(NamedTuple):
    """Values and keys (B, T, H); mask (B, T), true inside the source."""

    values: Array
    keys: Array
    mask: Array


class Bahdanau(nnx.Module):
    """v · tanh(W q + U m + b): queries (B, Q, H) -> scores (B, Q, T)."""

    def __init__(self, hidden: int, rngs: nnx.Rngs):
        linear = partial(nnx.Linear, hidden, rngs=rngs)
        self.query = linear(hidden, use_bias=False)
        self.keys = linear(hidden)
        self.score = linear(1, use_bias=False)

    def __call__(self, queries: Array, keys: Array) -> Array:
        """Score each step of the source for each query."""
        query = self.query(queries)[:, :, None]  # (B, Q, 1, H)
        energy = jnp.tanh(query + keys[:, None])  # (B, Q, T, H)
        return self.score(energy)[..., 0]


class LuongDot(nnx.Module):
    """q · m: queries (B, Q, H) -> scores (B, Q, T)."""

    def __init__(self, hidden: int, rngs: nnx.Rngs):
        self.keys = nnx.identity

    def __call__(self, queries: Array, keys: Array) -> Array:
        """Score each step of the source for each query."""
        return queries @ keys.mT


class LuongGeneral(nnx.Module):
    """q · W m: queries (B, Q, H) -> scores (B, Q, T)."""

    def __init__(self, hidden: int, rngs: nnx.Rngs):
        self.keys = nnx.Linear(hidden, hidden, use_bias=False, rngs=rngs)

    def __call__(self, queries: Array, keys: Array) -> Array:
        """Score each step of the source for each query."""
        return queries @ keys.mT


ATTENTIONS = {
    "none": lambda hidden, rngs: None,
    "bahdanau": Bahdanau,
    "luong-dot": LuongDot,
    "luong-general": LuongGeneral,
}


def attend(
    attention: nnx.Module, queries: Array, memory: Memory
) -> tuple[Array, Array]:
    """Contexts (B, Q, H) of queries (B, Q, H), and weights (B, Q, T)."""
    scores = attention(queries, memory.keys)
    weights = nnx.softmax(scores, where=memory.mask[:, None])
    return weights @ memory.values, weights

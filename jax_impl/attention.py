"""How a decoder looks at the source."""

from functools import partial
from typing import NamedTuple

import jax.numpy as jnp
from flax import nnx
from jax import Array

from jax_impl.device import CURRENT


class Memory(NamedTuple):
    """What is looked at: outputs, keys (B, T, H), steps inside (B, T)."""

    values: Array
    keys: Array
    inside: Array


class Bahdanau(nnx.Module):
    """v · tanh(W q + U m + b): queries (B, Q, H) -> scores (B, Q, T)."""

    def __init__(self, hidden: int, rngs: nnx.Rngs):
        linear = partial(nnx.Linear, hidden, **CURRENT["types"], rngs=rngs)
        self.query = linear(hidden, use_bias=False)
        self.keys = linear(hidden)
        self.score = linear(1, use_bias=False)

    def __call__(self, queries: Array, keys: Array) -> Array:
        """Score each step of the source for each query."""
        asked = self.query(queries)[:, :, None]  # (B, Q, 1, H)
        energy = jnp.tanh(asked + keys[:, None])  # (B, Q, T, H)
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
        self.keys = nnx.Linear(
            hidden, hidden, use_bias=False, **CURRENT["types"], rngs=rngs
        )

    def __call__(self, queries: Array, keys: Array) -> Array:
        """Score each step of the source for each query."""
        return queries @ keys.mT


ATTENTIONS = {
    "none": lambda hidden, rngs: None,
    "bahdanau": Bahdanau,
    "luong-dot": LuongDot,
    "luong-general": LuongGeneral,
}


def look(attention: nnx.Module, queries: Array, memory: Memory):
    """Contexts (B, Q, H) of queries, and where they looked (B, Q, T)."""
    scores = attention(queries, memory.keys)
    weights = nnx.softmax(scores, where=memory.inside[:, None])
    return weights @ memory.values, weights

"""How what is read becomes vectors."""

import jax
import jax.numpy as jnp
from flax import nnx
from jax import Array

from jax_impl.device import CURRENT
from jax_impl.recurrent import RECURRENT
from shared.specs import ModelSpec
from shared.weights.layout import step_size


class Values(nnx.Module):
    """Vectors already: (B, T, D) -> (B, T, D)."""

    def __init__(self, spec: ModelSpec, rngs: nnx.Rngs):
        pass

    def __call__(self, x: Array) -> Array:
        """Take them as they are."""
        return x


class OneHot(nnx.Module):
    """One-hot vectors: indices (B, T) -> (B, T, V)."""

    def __init__(self, spec: ModelSpec, rngs: nnx.Rngs):
        self.size = spec.input_size

    def __call__(self, x: Array) -> Array:
        """Encode each index."""
        return jax.nn.one_hot(x, self.size)


class Embedding(nnx.Module):
    """A learned table: indices (B, T) -> (B, T, E); padding never learns."""

    def __init__(self, spec: ModelSpec, rngs: nnx.Rngs):
        # Past a sequence's end no step reaches the loss, so that the row of
        # the padding has a zero gradient without being told.
        self.table = nnx.Embed(
            spec.input_size,
            spec.embedding_size,
            **CURRENT["types"],
            rngs=rngs,
        )

    def __call__(self, x: Array) -> Array:
        """Look each index up."""
        return self.table(x)  # (B, T, E)


class Characters(nnx.Module):
    """Each word read both ways: characters (B, T, C) -> (B, T, 2H)."""

    def __init__(self, spec: ModelSpec, rngs: nnx.Rngs):
        self.input = Embedding(spec, rngs)
        self.recurrent = RECURRENT[spec.layers](spec, step_size(spec), rngs)

    def __call__(self, x: Array) -> Array:
        """Take the last states of each word; past a sentence none counts."""
        words = x.reshape(-1, x.shape[-1])  # (B·T, C)
        lengths = jnp.maximum((words > 0).sum(axis=1), 1)
        _, last = self.recurrent(self.input(words), lengths)  # (B·T, 2H)
        return last.reshape(*x.shape[:2], -1)


INPUTS = {"values": Values, "onehot": OneHot, "embedding": Embedding}

"""Classification of sequences of indices."""

import jax
from flax import nnx
from jax import Array

from jax_impl.device import CURRENT
from jax_impl.recurrent import RECURRENT
from shared.initial import last_size, step_size
from shared.specs import ModelSpec


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


INPUTS = {"onehot": OneHot, "embedding": Embedding}


class Classifier(nnx.Module):
    """Sequence classification: indices (B, T) -> logits (B, K)."""

    def __init__(self, spec: ModelSpec, rngs: nnx.Rngs):
        self.spec = spec
        self.input = INPUTS[spec.input](spec, rngs)
        self.recurrent = RECURRENT[spec.layers](spec, step_size(spec), rngs)
        self.dropout = nnx.Dropout(spec.dropout, rngs=rngs)
        self.head = nnx.Linear(
            last_size(spec), spec.output_size, **CURRENT["types"], rngs=rngs
        )

    def __call__(self, x: Array, lengths: Array | None = None) -> Array:
        """Classify by the last state."""
        vectors = self.input(x)  # (B, T, D)
        _, last = self.recurrent(vectors, lengths)  # (B, H')
        return self.head(self.dropout(last))  # (B, K)

"""Sequence labeling: a tag for each word of a sentence."""

import jax.numpy as jnp
from flax import nnx
from jax import Array

from jax_impl.crf import CRF
from jax_impl.inputs import INPUTS, Characters, Embedding
from jax_impl.recurrent import RECURRENT
from shared.specs import ModelSpec
from shared.weights.layout import (
    char_column,
    char_spec,
    head_size,
    shape_spec,
    step_size,
)


class Tagger(nnx.Module):
    """Many-to-many labels: words (B, T, 1 + C) -> logits (B, T, K)."""

    def __init__(self, spec: ModelSpec, rngs: nnx.Rngs):
        self.spec = spec
        self.input = INPUTS[spec.input](spec, rngs)
        self.shapes = (
            Embedding(shape_spec(spec), rngs) if spec.shape_size else None
        )
        self.characters = (
            Characters(char_spec(spec), rngs) if spec.char_encoder else None
        )
        self.input_dropout = nnx.Dropout(spec.input_dropout, rngs=rngs)
        self.recurrent = RECURRENT[spec.impl](spec, step_size(spec), rngs)
        self.dropout = nnx.Dropout(spec.dropout, rngs=rngs)
        self.head = nnx.Linear(head_size(spec), spec.output_size, rngs=rngs)
        self.crf = CRF(spec) if spec.crf else None

    def features(self, x: Array) -> Array:
        """Vectors of word, shape, characters: (B, T, 1 + C) -> (B, T, D)."""
        vectors = [self.input(x[..., 0])]  # (B, T, E)
        if self.shapes is not None:
            vectors.append(self.shapes(x[..., 1]))
        if self.characters is not None:
            spelling = x[..., char_column(self.spec) :]  # (B, T, C)
            vectors.append(self.characters(spelling))  # (B, T, 2H)
        return jnp.concatenate(vectors, axis=-1)

    def __call__(self, x: Array, lengths: Array | None = None) -> Array:
        """Logits of each step from the outputs of all directions."""
        vectors = self.input_dropout(self.features(x))  # (B, T, D)
        outputs, _ = self.recurrent(vectors, lengths)  # (B, T, H')
        return self.head(self.dropout(outputs))  # (B, T, K)

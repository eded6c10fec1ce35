"""A model of stock layers, in a file that needs no code of ours."""

import math
from itertools import chain
from operator import attrgetter

import keras
import numpy as np
from keras import layers, ops

from keras_impl.stock_layers import stock_layer
from shared.specs import (
    RAGGED_MODELS,
    STATE_NAMES,
    STATEFUL_MODELS,
    ModelSpec,
    Weights,
)
from shared.weights.layout import EVERY_STEP, char_column


def save_model(spec: ModelSpec, tensors: Weights, path: str) -> None:
    """Write the tensors, by name, to a file that needs no code of ours."""
    model = FunctionalModel(spec).built("head.kernel" in tensors)
    owners = {layer.name: layer for layer in model.layers}
    for name, array in tensors.items():
        owner, _, rest = name.partition(".")
        variable = attrgetter(rest)(owners[owner])
        variable.assign(array.reshape(variable.shape))
    model.save(path)


class FunctionalModel:
    """A model of stock layers in symbols: a Keras file holds its graph."""

    def __init__(self, spec: ModelSpec):
        self.spec = spec
        self.columns = spec.char_encoder or spec.shape_size
        values = spec.input == "values"
        shape = (spec.input_size,) if values else (None,) * bool(self.columns)
        kind = "float32" if values else "int32"
        self.x = keras.Input((None, *shape), dtype=kind, name="x")
        ragged = spec.model in RAGGED_MODELS
        self.mask = keras.Input((None,), dtype="bool", name="mask")
        self.mask = self.mask if ragged else None
        self.states = [
            [
                keras.Input((spec.hidden_size,), name=f"{name}_{number}")
                for name in STATE_NAMES[spec.cell]
            ]
            for number in range(spec.num_layers)
            if spec.model in STATEFUL_MODELS
        ]

    def built(self, head: bool) -> keras.Model:
        """The model: x, mask or states -> outputs, and states if it has any."""
        spec, vectors, after = self.spec, self.vectors(), []
        for number in range(spec.num_layers):
            sizes = (vectors.shape[-1], spec.hidden_size, spec.bidirectional)
            layer = stock_layer(spec.cell, *sizes, name=f"rnn_{number}")
            state = self.states[number] if self.states else None
            vectors, *last = layer(
                vectors, initial_state=state, mask=self.mask
            )  # (B, T, H')
            after += last if state else []
        if spec.model not in EVERY_STEP:
            vectors = self.pooled(vectors, last)  # (B, P)
        if head:
            vectors = layers.Dense(spec.output_size, name="head")(vectors)
        inputs = [self.x, *chain.from_iterable(self.states)]
        inputs += [self.mask] * (self.mask is not None)
        outputs = [vectors, *after, *(self.crf() if spec.crf else ())]
        outputs = outputs if len(outputs) > 1 else vectors
        return keras.Model(inputs if len(inputs) > 1 else self.x, outputs)

    def vectors(self) -> keras.KerasTensor:
        """Of values themselves, of indices vectors: (B, T, D)."""
        spec, x = self.spec, self.x
        vectors = x[..., 0] if self.columns else x
        if spec.input == "embedding":
            sizes = (spec.input_size, spec.embedding_size)
            vectors = layers.Embedding(*sizes, name="embedding")(vectors)
        elif spec.input == "onehot":
            vectors = ops.one_hot(vectors, spec.input_size, dtype="float32")
        parts = [vectors]
        if spec.shape_size:
            sizes = (spec.shape_size, spec.shape_embedding_size)
            parts.append(layers.Embedding(*sizes, name="shapes")(x[..., 1]))
        if spec.char_encoder:
            parts.append(self.characters(x[..., char_column(spec) :]))
        return ops.concatenate(parts, -1) if self.columns else vectors

    def characters(self, x: keras.KerasTensor) -> keras.KerasTensor:
        """The final states of each word's characters: (B, T, C) -> 2H."""
        spec = self.spec
        words = layers.Flatten()(ops.transpose(x, (2, 0, 1)))  # (C, B·T)
        words = ops.transpose(words)  # (B·T, C)
        sizes = (spec.char_size, spec.char_embedding_size)
        vectors = layers.Embedding(*sizes, name="character_embedding")(words)
        sizes = (spec.char_embedding_size, spec.char_hidden_size, True)
        layer = stock_layer(spec.cell, *sizes, name="character_rnn_0")
        _, *state = layer(vectors, mask=ops.greater(words, 0))
        hidden = ops.concatenate(state[:: len(STATE_NAMES[spec.cell])], -1)
        # A reshape can leave one size open, not both B and T: rows by number.
        ones = ops.ones_like(x[..., 0])  # (B, T)
        before = ops.cumsum(ones, axis=0) - 1  # words of the same step
        rows = before * ops.sum(ones, 1, keepdims=True)
        rows = rows + ops.cumsum(ones, axis=1) - 1
        return ops.take(hidden, rows, axis=0)

    def crf(self) -> list[keras.KerasTensor]:
        """What Viterbi's algorithm reads besides the outputs (B, T, K)."""
        # A graph has no constants with names: all rows of embeddings.
        tags, kind = self.spec.output_size, "int32"
        zero = ops.sum(ops.cast(ops.zeros_like(self.x), kind))
        rows = {
            "transitions": zero + np.arange(tags, dtype=kind),
            "start": zero,
            "end": zero,
            "allowed": zero + np.arange(tags + 1, dtype=kind),
        }
        return [
            layers.Embedding(math.prod(i.shape), tags, name=f"crf_{name}")(i)
            for name, i in rows.items()
        ]

    def pooled(
        self, outputs: keras.KerasTensor, state: list
    ) -> keras.KerasTensor:
        """What the head reads of the last layer: (B, T, H') -> (B, P)."""
        parts = []
        for name in self.spec.pooling.split("+"):
            if name == "last":
                hidden = state[:: len(STATE_NAMES[self.spec.cell])]
                parts.append(ops.concatenate(hidden, -1))
            elif name == "mean":
                mean = layers.GlobalAveragePooling1D()
                parts.append(mean(outputs, mask=self.mask))
            else:
                mask = ops.expand_dims(self.mask, -1)
                parts.append(ops.max(ops.where(mask, outputs, -1e30), axis=1))
        return ops.concatenate(parts, -1)

"""Stock layers with given tensors, in files and from files."""

import re
from collections.abc import Iterator
from itertools import chain
from operator import attrgetter

import keras
import numpy as np
from keras import layers, ops

from keras_impl.cells import LAYERS
from shared.errors import UserError
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
        attrgetter(rest)(owners[owner]).assign(array)
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
        outputs = [vectors, *after] if after else vectors
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
                inside = ops.expand_dims(self.mask, -1)
                parts.append(ops.max(ops.where(inside, outputs, -1e30), axis=1))
        return ops.concatenate(parts, -1)


def read_tensors(path: str, pattern: str) -> tuple[Weights, str]:
    """Those of a file whose name matches, and the cell where it says one."""
    try:
        model = keras.saving.load_model(path, compile=False, safe_mode=True)
    except Exception as error:  # of any layer of a file
        fault = str(error).partition("\n")[0]
        raise UserError(f"cannot load '{path}': {fault}") from error

    def form(layer: layers.RNN) -> tuple:
        """What a file of Keras says of how a layer computes."""
        options = ("activation", "recurrent_activation", "reset_after")
        return type(layer), *map(layer.get_config().get, options)

    known = {form(build(1)): cell for cell, build in LAYERS.items()}
    found, cells = {}, set()
    for name, layer in flattened(model):
        directions = {"": layer}
        if isinstance(layer, layers.Bidirectional):
            directions = {
                ".forward_layer": layer.forward_layer,
                ".backward_layer": layer.backward_layer,
            }
        for suffix, one in directions.items():
            backward = suffix.startswith(".backward")
            merge = getattr(layer, "merge_mode", "concat")
            plain = one.go_backwards == backward and merge == "concat"
            if form(one) not in known or not plain:
                raise UserError(
                    f"layer '{name}' differs from the default in class, "
                    "activation, order, merge_mode, or reset_after"
                )
            cells.add(known[form(one)])
            found |= {
                f"{name}{suffix}.cell.{w.name}": ops.convert_to_numpy(w)
                for w in one.cell.weights
            }
    found = {n: array for n, array in found.items() if re.search(pattern, n)}
    return found, cells.pop() if len(cells) == 1 else ""


def flattened(
    content: keras.Model, prefix: str = ""
) -> Iterator[tuple[str, layers.Layer]]:
    """Dotted name and value of all that a file holds, within others too."""
    for layer in content.layers:
        name = f"{prefix}{layer.name}"
        if isinstance(layer, keras.Model):
            yield from flattened(layer, f"{name}.")
        elif isinstance(getattr(layer, "forward_layer", layer), layers.RNN):
            yield name, layer


def stock_layer(
    cell: str,
    size: int,
    hidden: int,
    bidirectional: bool,
    bias: bool = True,
    name: str | None = None,
) -> layers.Layer:
    """One layer of the framework in one or both directions."""
    layer = LAYERS[cell](
        hidden,
        use_bias=bias,
        return_sequences=True,
        return_state=True,
        name=name,
    )
    return layers.Bidirectional(layer, name=name) if bidirectional else layer


def run_layers(
    cell: str, layers: list[list[Weights]], x: np.ndarray
) -> np.ndarray:
    """Stock layers with the tensors of each direction: (B, T, D) -> H'."""
    outputs = x
    for directions in layers:
        hidden = directions[0]["recurrent_kernel"].shape[0]
        sizes = (outputs.shape[-1], hidden, len(directions) > 1)
        layer = stock_layer(cell, *sizes, "bias" in directions[0])
        layer.build(outputs.shape)
        owners = [layer]
        if len(directions) > 1:
            owners = [layer.forward_layer, layer.backward_layer]
        for owner, tensors in zip(owners, directions):
            for name, array in tensors.items():
                getattr(owner.cell, name).assign(array)
        outputs, *_ = layer(outputs)  # (B, T, H')
    return ops.convert_to_numpy(outputs)

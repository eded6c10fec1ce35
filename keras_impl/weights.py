"""Canonical weights in and out: Keras orders the gates of the GRU z r h.

A cell holds kernel (D, G·H), recurrent_kernel (H, G·H) and one bias (G·H);
the bias of the GRU is (2, 3H), b_ih above b_hh.
"""

import math
from collections import defaultdict
from collections.abc import Iterator
from operator import attrgetter

import keras
import numpy as np

from shared.specs import ModelSpec, Weights, cell_weights
from shared.weights.layout import layer_prefixes, non_recurrent_shapes, stacks

NAMES = {
    "w_ih": "kernel",
    "w_hh": "recurrent_kernel",
    "b_ih": "bias",
    "b_hh": "bias",
}
# The GRU of Keras has both biases as the rows of one weight.
BIAS_ROWS = {"b_ih": 0, "b_hh": 1}


def load_weights(model: keras.Model, weights: Weights) -> None:
    """Copy canonical weights into the model."""
    arrays = defaultdict(list)
    for name, _, tensor in named_tensors(model):
        array = relayout(model, name, weights[name])
        arrays[id(tensor)].append(array)  # a GRU's biases are one tensor
    for _, _, tensor in named_tensors(model):
        tensor.assign(np.reshape(arrays[id(tensor)], tensor.shape))


def export_weights(model: keras.Model) -> Weights:
    """A copy of the model's weights in the canonical layout."""
    weights = {}
    for name, _, tensor in named_tensors(model):
        array = keras.ops.convert_to_numpy(tensor)
        weights[name] = relayout(model, name, array).copy()
    return weights


def count_parameters(model: keras.Model) -> int:
    """The number of trainable parameters."""
    return sum(math.prod(v.shape) for v in model.trainable_variables)


def named_tensors(
    model: keras.Model,
) -> Iterator[tuple[str, str, keras.Variable]]:
    """Canonical name, own name and tensor of each weight, in order."""
    for prefix, spec in stacks(model.spec):
        part = getattr(model, prefix.rstrip("."), model)
        if spec.input == "embedding":
            table = part.input_layer.table
            yield f"{prefix}embedding.table", table.path, table
        names = RECURRENT_NAMES[spec.impl](spec, part.recurrent)
        for name, tensor in names:
            yield prefix + name, tensor.path, tensor
    for name in non_recurrent_shapes(model.spec):
        tensor = joint_tensor(model, name)
        yield name, tensor.path, tensor


# Keras has no named_parameters(): a variable is found by its layer.
def joint_tensor(model: keras.Model, name: str) -> keras.Variable:
    """The tensor of a weight in no stack, such as "bridge.0.h.weight"."""
    *places, part = name.split(".")
    if places[0] == "bridge":
        _, number, state = places
        layer = model.bridge.layers[int(number)][state]
    elif places[0] == "conv":
        layer = model.input_layer.conv[int(places[1])]
    else:
        layer = attrgetter(".".join(places))(model)
    return getattr(layer, "kernel" if part == "weight" else part)


def native_names(
    spec: ModelSpec, recurrent: keras.Layer
) -> Iterator[tuple[str, keras.Variable]]:
    """Each canonical name, and where native layers keep the weight."""
    for prefix, _ in layer_prefixes(spec):
        layer = recurrent.layers[int(prefix.split(".")[1])]
        if spec.bidirectional:
            reverse = "reverse" in prefix
            layer = layer.backward_layer if reverse else layer.forward_layer
        for part in weight_names(spec):
            yield prefix + part, getattr(layer.cell, NAMES[part])


def scratch_names(
    spec: ModelSpec, recurrent: keras.Layer
) -> Iterator[tuple[str, keras.Variable]]:
    """The same of layers from scratch."""
    for prefix, _ in layer_prefixes(spec):
        number, direction = prefix.split(".")[1], int("reverse" in prefix)
        layer = recurrent.layers[int(number)][direction]
        for part in weight_names(spec):
            # layers.RNN repeats a cell, which holds the recurrent weights.
            owner = layer if part.endswith("ih") else layer.loop.cell
            yield prefix + part, getattr(owner, part)


RECURRENT_NAMES = {
    "native": native_names,
    "scratch": scratch_names,
    "bptt": scratch_names,
}


def weight_names(spec: ModelSpec) -> tuple[str, ...]:
    """The weights of one layer and direction; b_hh is the GRU's alone."""
    return cell_weights(spec.cell, spec.layer_norm)


def relayout(model: keras.Model, name: str, array: np.ndarray) -> np.ndarray:
    """Canonical layout to the framework's; applied twice, the same array."""
    # All other layers of Keras have the canonical layout.
    gru = model.spec.impl == "native" and "b_hh" in weight_names(model.spec)
    if not gru or "rnn." not in name:
        return array
    part = name.rpartition(".")[2]
    if part in BIAS_ROWS and array.ndim > 1:
        array = array[BIAS_ROWS[part]]
    # Keras orders z r n, the canonical order is r z n.
    z, r, n = np.split(array, 3, axis=-1)
    return np.concatenate([r, z, n], axis=-1)

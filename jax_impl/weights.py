"""Canonical weights in and out: NNX keeps them as they are.

nnx.Linear holds a kernel (D, G·H), the gates in the canonical order, and
a cell has one bias, in dense_i or in dense_h.
"""

from collections.abc import Iterator

import jax.numpy as jnp
import numpy as np
from flax import nnx

from jax_impl.device import CURRENT
from shared.errors import SpecError
from shared.specs import ModelSpec, Weights, cell_weights
from shared.weights.layout import (
    layer_prefixes,
    non_recurrent_shapes,
    stacks,
    weight_shapes,
)

NAMES = {
    "w_ih": "dense_i.kernel",
    "w_hh": "dense_h.kernel",
    "b_ih": "dense_i.bias",
    "b_hh": "dense_h.bias",
}


def load_weights(model: nnx.Module, weights: Weights) -> None:
    """Copy canonical weights into the model."""
    tensors = {name: tensor for name, _, tensor in named_tensors(model)}
    for name in weight_shapes(model.spec):
        if name in tensors:
            tensor = tensors[name]
            tensor.set_value(jnp.array(weights[name], tensor.dtype))
        elif weights[name].any():
            raise SpecError(f"the native GRU of flax has no bias {name}")


def export_weights(model: nnx.Module) -> Weights:
    """A copy of the model's weights in the canonical layout."""
    tensors = {name: tensor for name, _, tensor in named_tensors(model)}
    weights = {}
    for name, shape in weight_shapes(model.spec).items():
        # A bias that nnx.GRUCell lacks acts as zeros.
        tensor = tensors.get(name, np.zeros(shape, CURRENT["dtype"]))
        weights[name] = np.array(tensor)
    return weights


def count_parameters(model: nnx.Module) -> int:
    """The number of trainable parameters."""
    return sum(p.size for _, _, p in named_tensors(model))


def named_tensors(
    model: nnx.Module,
) -> Iterator[tuple[str, str, nnx.Param]]:
    """Canonical name, own name and tensor of each weight, in order."""
    own_names = {
        ".".join(map(str, path)): node
        for path, node in nnx.iter_graph(model)
        if isinstance(node, nnx.Param)
    }
    for prefix, spec in stacks(model.spec):
        if spec.input == "embedding":
            own = f"{prefix}input.table.embedding"
            yield f"{prefix}embedding.table", own, own_names[own]
        for name, own in RECURRENT_NAMES[spec.impl](spec):
            if prefix + own in own_names:
                yield prefix + name, prefix + own, own_names[prefix + own]
    for name in non_recurrent_shapes(model.spec):
        own = name.replace("bridge.", "bridge.layers.")
        own = own.replace(".weight", ".kernel")
        own = own.replace("shapes.table", "shapes.table.embedding")
        own = own.replace("conv.", "input.conv.")
        yield name, own, own_names[own]


def native_names(spec: ModelSpec) -> Iterator[tuple[str, str]]:
    """Each canonical name, and where native layers keep the weight."""
    for prefix, _ in layer_prefixes(spec):
        layer, rnn = prefix.split(".")[1], ""
        if spec.bidirectional:
            rnn = ".backward_rnn" if "reverse" in prefix else ".forward_rnn"
        own = f"recurrent.layers.{layer}{rnn}.cell"
        for part in weight_names(spec):
            yield prefix + part, f"{own}.{NAMES[part]}"
        if "b_hh" not in weight_names(spec):
            # OptimizedLSTMCell has its bias there, SimpleCell in dense_i.
            yield prefix + "b_ih", f"{own}.{NAMES['b_hh']}"


def scratch_names(spec: ModelSpec) -> Iterator[tuple[str, str]]:
    """The same of layers from scratch."""
    for prefix, _ in layer_prefixes(spec):
        layer, direction = prefix.split(".")[1], int("reverse" in prefix)
        for name in weight_names(spec):
            own = f"recurrent.layers.{layer}.{direction}.{name}"
            yield prefix + name, own


RECURRENT_NAMES = {
    "native": native_names,
    "scratch": scratch_names,
    "bptt": scratch_names,
}


def weight_names(spec: ModelSpec) -> tuple[str, ...]:
    """The weights of one layer and direction; b_hh is the GRU's alone."""
    return cell_weights(spec.cell, spec.layer_norm)

"""Stock layers with given tensors."""

from operator import attrgetter

import jax.numpy as jnp
import numpy as np
from flax import nnx

from jax_impl.cells import LAYERS
from shared.specs import GATES, WEIGHT_NAMES, Weights


def stock_layer(
    cell: str, size: int, hidden: int, bidirectional: bool, bias: bool = True
) -> nnx.Module:
    """One layer of the framework in one or both directions."""
    runs = []
    for _ in range(1 + bidirectional):
        rngs = nnx.Rngs(0)
        step = LAYERS[cell](size, hidden, rngs=rngs)
        if bias and "b_hh" in WEIGHT_NAMES[cell]:
            # nnx.GRUCell lacks the recurrent bias.
            columns = GATES[cell] * hidden
            step.dense_h = nnx.Linear(hidden, columns, rngs=rngs)
        runs.append(nnx.RNN(step))
    return nnx.Bidirectional(*runs) if bidirectional else runs[0]


def run_layers(
    cell: str, layers: list[list[Weights]], x: np.ndarray
) -> np.ndarray:
    """Stock layers with the tensors of each direction: (B, T, D) -> H'."""
    outputs = jnp.asarray(x)
    for directions in layers:
        hidden = directions[0]["dense_h.kernel"].shape[0]
        sizes = (outputs.shape[-1], hidden, len(directions) > 1)
        layer = stock_layer(cell, *sizes, "dense_h.bias" in directions[0])
        owners = [layer]
        if len(directions) > 1:
            owners = [layer.forward_rnn, layer.backward_rnn]
        for owner, tensors in zip(owners, directions):
            for name, array in tensors.items():
                param = attrgetter(name)(owner.cell)
                param.set_value(jnp.asarray(array))
        outputs = layer(outputs)  # (B, T, H')
    return np.asarray(outputs)

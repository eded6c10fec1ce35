"""Stock layers with given tensors."""

import numpy as np
from keras import layers, ops

from keras_impl.cells import LAYERS
from shared.specs import Weights


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

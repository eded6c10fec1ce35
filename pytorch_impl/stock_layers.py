"""Stock layers with given tensors."""

import numpy as np
import torch
from torch import nn

from pytorch_impl.cells import LAYERS
from shared.specs import Weights


def stock_layer(
    cell: str, size: int, hidden: int, bidirectional: bool, bias: bool = True
) -> nn.Module:
    """One layer of the framework in one or both directions."""
    return LAYERS[cell](
        size, hidden, batch_first=True, bidirectional=bidirectional, bias=bias
    )


def run_layers(
    cell: str, layers: list[list[Weights]], x: np.ndarray
) -> np.ndarray:
    """Stock layers with the tensors of each direction: (B, T, D) -> H'."""
    outputs = torch.from_numpy(x)
    for directions in layers:
        hidden = directions[0]["weight_hh"].shape[1]
        sizes = (outputs.shape[-1], hidden, len(directions) > 1)
        layer = stock_layer(cell, *sizes, "bias_ih" in directions[0])
        state = {
            f"{name}_l0{suffix}": torch.from_numpy(array.copy())
            for suffix, tensors in zip(("", "_reverse"), directions)
            for name, array in tensors.items()
        }
        layer.load_state_dict(state)
        with torch.inference_mode():
            outputs, _ = layer(outputs)  # (B, T, H')
    return outputs.numpy()

"""Stock layers with given tensors, in files and from files."""

import re
from collections.abc import Iterator, Mapping

import numpy as np
import torch
from torch import Tensor, nn

from pytorch_impl.cells import LAYERS
from shared.errors import UserError
from shared.specs import ModelSpec, Weights


def save_model(spec: ModelSpec, tensors: Weights, path: str) -> None:
    """Write the tensors, by name, to a file that needs no code of ours."""
    state = {name: torch.from_numpy(a.copy()) for name, a in tensors.items()}
    torch.save(state, path)


def read_tensors(path: str, pattern: str) -> tuple[Weights, str]:
    """Those of a file whose name matches, and the cell where it says one."""
    try:
        state = torch.load(path, map_location="cpu", weights_only=True)
    except Exception as error:  # of unpickling, of any type
        raise UserError(
            f"cannot read '{path}' as tensors alone (weights_only=True), and "
            "other pickles run code: save model.state_dict()"
        ) from error
    if not isinstance(state, Mapping):
        raise UserError(f"'{path}' holds no state_dict")
    found = {
        name: tensor.float().numpy()
        for name, tensor in flattened(state)
        if isinstance(tensor, Tensor) and re.search(pattern, name)
    }
    return found, ""


def flattened(
    content: Mapping, prefix: str = ""
) -> Iterator[tuple[str, object]]:
    """Dotted name and value of all that a file holds, within others too."""
    for name, value in content.items():
        if isinstance(value, Mapping):  # a checkpoint holds a state_dict
            yield from flattened(value, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", value


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

"""Weights of recurrent layers from files of the framework."""

import re
from collections.abc import Iterator, Mapping

import torch
from torch import Tensor

from shared.errors import UserError
from shared.specs import Weights


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

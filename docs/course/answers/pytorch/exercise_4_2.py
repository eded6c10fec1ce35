import torch
from torch import Tensor


def last_state(outputs: Tensor, lengths: Tensor) -> Tensor:
    """The last valid state of each sequence: (B, T, H) -> (B, H)."""
    rows = torch.arange(len(outputs))
    return outputs[rows, lengths - 1]

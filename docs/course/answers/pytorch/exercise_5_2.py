import torch
from torch import Tensor


def valid_mask(lengths: Tensor, steps: int) -> Tensor:
    """True at the valid steps: (B) -> (B, T)."""
    return torch.arange(steps) < lengths[:, None]

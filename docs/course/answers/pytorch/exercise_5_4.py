import torch
from torch import Tensor


def reverse_padded(x: Tensor, lengths: Tensor) -> Tensor:
    """The valid steps reversed, the padding left at the end: (B, T, D)."""
    steps, ends = torch.arange(x.shape[1]), lengths[:, None]
    index = torch.where(steps < ends, ends - 1 - steps, steps)  # (B, T)
    return torch.take_along_dim(x, index[:, :, None], dim=1)

import torch
from torch import Tensor


def dropout(x: Tensor, uniforms: Tensor, rate: float, training: bool) -> Tensor:
    """Inverted dropout, none at evaluation: (B, H) -> (B, H)."""
    if not training:
        return x
    return torch.where(uniforms >= rate, x / (1 - rate), 0.0)

import torch
from torch import Tensor


def pinball_loss(forecast: Tensor, y: Tensor, levels: Tensor) -> Tensor:
    """Mean quantile loss: (B, Q), (B), (Q) -> ()."""
    error = y[:, None] - forecast  # (B, Q)
    return torch.mean(torch.maximum(levels * error, (levels - 1) * error))

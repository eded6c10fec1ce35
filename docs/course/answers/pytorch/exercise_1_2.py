import torch
from torch import Tensor


def unroll(
    x: Tensor, h: Tensor, w_ih: Tensor, w_hh: Tensor, b: Tensor
) -> Tensor:
    """The state after each step: (B, T, D), (B, H) -> (B, T, H)."""
    outputs = []
    for t in range(x.shape[1]):
        h = torch.tanh(x[:, t] @ w_ih + h @ w_hh + b)  # (B, H)
        outputs.append(h)
    return torch.stack(outputs, dim=1)

import torch
from torch import Tensor


def rnn_step(
    x: Tensor, h: Tensor, w_ih: Tensor, w_hh: Tensor, b: Tensor
) -> Tensor:
    """One step of a vanilla RNN: (B, D), (B, H) -> (B, H)."""
    return torch.tanh(x @ w_ih + h @ w_hh + b)

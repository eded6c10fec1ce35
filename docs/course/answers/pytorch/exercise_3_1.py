import torch
from torch import Tensor


def lstm_step(
    x: Tensor, h: Tensor, c: Tensor, w_ih: Tensor, w_hh: Tensor, b: Tensor
) -> tuple[Tensor, Tensor]:
    """One step of an LSTM: the new hidden and cell state, each (B, H)."""
    i, f, g, o = torch.chunk(x @ w_ih + h @ w_hh + b, 4, dim=1)
    c = torch.sigmoid(f) * c + torch.sigmoid(i) * torch.tanh(g)
    h = torch.sigmoid(o) * torch.tanh(c)
    return h, c

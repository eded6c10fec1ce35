import torch
from torch import Tensor


def lstm_layer(
    x: Tensor, h: Tensor, c: Tensor, w_ih: Tensor, w_hh: Tensor, b: Tensor
) -> Tensor:
    """The hidden state after each step: (B, T, D) -> (B, T, H)."""
    outputs = []
    for t in range(x.shape[1]):
        gates = x[:, t] @ w_ih + h @ w_hh + b  # (B, 4H)
        i, f, g, o = torch.chunk(gates, 4, dim=1)
        c = torch.sigmoid(f) * c + torch.sigmoid(i) * torch.tanh(g)
        h = torch.sigmoid(o) * torch.tanh(c)
        outputs.append(h)
    return torch.stack(outputs, dim=1)

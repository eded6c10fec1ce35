import torch
from torch import Tensor


def gru_step(
    x: Tensor, h: Tensor, w_ih: Tensor, w_hh: Tensor, b_ih: Tensor, b_hh: Tensor
) -> Tensor:
    """One step of a GRU, the reset gate after the product: (B, H)."""
    a_r, a_z, a_n = torch.chunk(x @ w_ih + b_ih, 3, dim=1)
    u_r, u_z, u_n = torch.chunk(h @ w_hh + b_hh, 3, dim=1)
    r = torch.sigmoid(a_r + u_r)
    z = torch.sigmoid(a_z + u_z)
    n = torch.tanh(a_n + r * u_n)
    return (1 - z) * n + z * h

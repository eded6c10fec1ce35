import torch
from torch import Tensor


def forecast(
    x: Tensor,
    w_ih: Tensor,
    w_hh: Tensor,
    b: Tensor,
    w_out: Tensor,
    b_out: Tensor,
) -> Tensor:
    """A forecast from the last state: (B, T, D) -> (B, K)."""
    h = torch.zeros((x.shape[0], w_hh.shape[0]))  # (B, H)
    states = []
    for t in range(x.shape[1]):
        h = torch.tanh(x[:, t] @ w_ih + h @ w_hh + b)
        states.append(h)
    return states[-1] @ w_out + b_out

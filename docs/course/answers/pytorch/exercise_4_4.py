import torch
from torch import Tensor


def classify(
    x: Tensor,
    lengths: Tensor,
    w_ih: Tensor,
    w_hh: Tensor,
    b: Tensor,
    w_out: Tensor,
    b_out: Tensor,
) -> Tensor:
    """The most probable class of each sequence: (B, T, D) -> (B)."""
    h = torch.zeros((x.shape[0], w_hh.shape[0]))  # (B, H)
    states = []
    for t in range(x.shape[1]):
        h = torch.tanh(x[:, t] @ w_ih + h @ w_hh + b)
        states.append(h)
    outputs = torch.stack(states, dim=1)  # (B, T, H)
    last = outputs[torch.arange(len(x)), lengths - 1]
    return torch.argmax(last @ w_out + b_out, dim=1)

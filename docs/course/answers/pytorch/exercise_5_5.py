import torch
from torch import Tensor


def bidirectional(
    x: Tensor,
    lengths: Tensor,
    w_ih: Tensor,
    w_hh: Tensor,
    b: Tensor,
    w_ih_back: Tensor,
    w_hh_back: Tensor,
    b_back: Tensor,
) -> Tensor:
    """Forward and backward states, 0 past the end: (B, T, D) -> (B, T, 2H)."""
    mask = (torch.arange(x.shape[1]) < lengths[:, None])[:, :, None]
    forward = run_layer(x, w_ih, w_hh, b)
    reversed_x = reverse_padded(x, lengths)
    backward = run_layer(reversed_x, w_ih_back, w_hh_back, b_back)
    backward = reverse_padded(backward, lengths)
    outputs = torch.cat([forward, backward], dim=2)
    return torch.where(mask, outputs, 0.0)


def run_layer(x: Tensor, w_ih: Tensor, w_hh: Tensor, b: Tensor) -> Tensor:
    """The state after each step: (B, T, D) -> (B, T, H)."""
    h = torch.zeros((x.shape[0], w_hh.shape[0]))  # (B, H)
    outputs = []
    for t in range(x.shape[1]):
        h = torch.tanh(x[:, t] @ w_ih + h @ w_hh + b)
        outputs.append(h)
    return torch.stack(outputs, dim=1)


def reverse_padded(x: Tensor, lengths: Tensor) -> Tensor:
    """The valid steps reversed, the padding left at the end."""
    steps, ends = torch.arange(x.shape[1]), lengths[:, None]
    index = torch.where(steps < ends, ends - 1 - steps, steps)  # (B, T)
    return torch.take_along_dim(x, index[:, :, None], dim=1)

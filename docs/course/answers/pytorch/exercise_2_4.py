import torch
from torch import Tensor


def input_gradient_norms(
    x: Tensor, w_ih: Tensor, w_hh: Tensor, b: Tensor
) -> Tensor:
    """The norm of the gradient of the last state by each input: (B, T)."""
    inputs = x.clone().requires_grad_()
    h = torch.zeros(len(x), len(w_hh))  # (B, H)
    for t in range(x.shape[1]):
        h = torch.tanh(inputs[:, t] @ w_ih + h @ w_hh + b)
    (d_x,) = torch.autograd.grad(h.sum(), inputs)  # (B, T, D)
    return d_x.norm(dim=2)

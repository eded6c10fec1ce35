import torch
import torch.nn.functional as F
from torch import Tensor


def tbptt(
    x: Tensor, y: Tensor, w_ih: Tensor, w_hh: Tensor, b: Tensor, window: int
) -> Tensor:
    """The gradient of each window's loss by U: (B, T, D) -> (S, H, H)."""
    w_hh = w_hh.clone().requires_grad_()
    h = torch.zeros((x.shape[0], w_hh.shape[0]))  # (B, H)
    gradients = []
    for start in range(0, x.shape[1], window):
        h = h.detach()  # the state goes on, the gradient does not
        states = []
        for t in range(start, start + window):
            h = torch.tanh(x[:, t] @ w_ih + h @ w_hh + b)
            states.append(h)
        targets = y[:, start : start + window]
        loss = F.mse_loss(torch.stack(states, dim=1), targets)
        gradients += torch.autograd.grad(loss, w_hh)
    return torch.stack(gradients)

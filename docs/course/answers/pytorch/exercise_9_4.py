import torch
import torch.nn.functional as F
from torch import Tensor
from torch.nn.utils import clip_grad_norm_


def train_step(
    x: Tensor,
    y: Tensor,
    w_ih: Tensor,
    w_hh: Tensor,
    b: Tensor,
    w_out: Tensor,
    lr: float,
    max_norm: float,
) -> tuple[Tensor, ...]:
    """The weights after a step of gradient descent with clipping."""
    weights = [w.clone().requires_grad_() for w in (w_ih, w_hh, b, w_out)]
    optimizer = torch.optim.SGD(weights, lr)
    loss = F.mse_loss(forward(x, *weights), y)
    loss.backward()
    clip_grad_norm_(weights, max_norm)  # after backward, before the step
    optimizer.step()
    return tuple(weights)


def forward(
    x: Tensor, w_ih: Tensor, w_hh: Tensor, b: Tensor, w_out: Tensor
) -> Tensor:
    """The forecast from the last state: (B, T, D) -> (B, K)."""
    h = torch.zeros((x.shape[0], w_hh.shape[0]))  # (B, H)
    for t in range(x.shape[1]):
        h = torch.tanh(x[:, t] @ w_ih + h @ w_hh + b)
    return h @ w_out

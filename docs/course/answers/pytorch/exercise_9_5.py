import torch
import torch.nn.functional as F
from torch import Tensor
from torch.optim.lr_scheduler import ExponentialLR


def train(
    x: Tensor,
    y: Tensor,
    w_ih: Tensor,
    w_hh: Tensor,
    b: Tensor,
    w_out: Tensor,
    lr: float,
    decay: float,
    epochs: int,
    batch_size: int,
) -> Tensor:
    """The mean loss of each epoch: (E)."""
    weights = [w.clone().requires_grad_() for w in (w_ih, w_hh, b, w_out)]
    optimizer = torch.optim.SGD(weights, lr)
    scheduler = ExponentialLR(optimizer, decay)
    means = []
    for _ in range(epochs):
        losses = []
        for rows in torch.arange(len(x)).split(batch_size):
            optimizer.zero_grad()
            loss = F.mse_loss(forward(x[rows], *weights), y[rows])
            loss.backward()
            optimizer.step()
            losses.append(loss.item())
        scheduler.step()
        means.append(sum(losses) / len(losses))
    return torch.tensor(means)


def forward(
    x: Tensor, w_ih: Tensor, w_hh: Tensor, b: Tensor, w_out: Tensor
) -> Tensor:
    """The forecast from the last state: (B, T, D) -> (B, K)."""
    h = torch.zeros((x.shape[0], w_hh.shape[0]))  # (B, H)
    for t in range(x.shape[1]):
        h = torch.tanh(x[:, t] @ w_ih + h @ w_hh + b)
    return h @ w_out

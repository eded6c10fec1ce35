import torch
from torch import Tensor


def forecast_ahead(
    x: Tensor, w_ih: Tensor, w_hh: Tensor, b: Tensor, w_out: Tensor, steps: int
) -> Tensor:
    """Recursive forecasts: (B, T, D) -> (B, S, D)."""
    h = torch.zeros((x.shape[0], w_hh.shape[0]))  # (B, H)
    for t in range(x.shape[1]):
        h = torch.tanh(x[:, t] @ w_ih + h @ w_hh + b)
    forecasts = []
    for _ in range(steps):
        value = h @ w_out  # (B, D)
        forecasts.append(value)
        h = torch.tanh(value @ w_ih + h @ w_hh + b)
    return torch.stack(forecasts, dim=1)

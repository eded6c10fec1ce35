import torch
from torch import Tensor


def mase(
    forecast: Tensor, actual: Tensor, train: Tensor, season: int
) -> Tensor:
    """Mean absolute error, scaled by that of the seasonal naive forecast."""
    naive = torch.mean(torch.abs(train[season:] - train[:-season]))
    return torch.mean(torch.abs(forecast - actual)) / naive

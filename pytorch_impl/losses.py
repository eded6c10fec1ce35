"""The loss of each model, averaged over the batch."""

from torch import Tensor
from torch.nn import functional as F


def mean_squared_error(outputs: Tensor, targets: Tensor) -> Tensor:
    """Mean of squared errors: (B, K), (B, K) -> ()."""
    return F.mse_loss(outputs, targets)


def cross_entropy(outputs: Tensor, targets: Tensor) -> Tensor:
    """Mean negative log-likelihood of classes (B,) under logits (B, K)."""
    return F.cross_entropy(outputs, targets)


LOSSES = {"forecaster": mean_squared_error, "classifier": cross_entropy}

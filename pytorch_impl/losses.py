"""The loss of each model, averaged over the batch."""

from collections.abc import Callable
from functools import cache, partial

from torch import Tensor
from torch.nn import functional as F

from pytorch_impl.crf import crf_nll


def mean_squared_error(outputs: Tensor, targets: Tensor) -> Tensor:
    """Mean of squared errors: (B, K), (B, K) -> ()."""
    return F.mse_loss(outputs, targets)


def cross_entropy(outputs: Tensor, targets: Tensor) -> Tensor:
    """Mean negative log-likelihood of classes (B,) under logits (B, K)."""
    return F.cross_entropy(outputs, targets)


def binary_cross_entropy(outputs: Tensor, targets: Tensor) -> Tensor:
    """Mean negative log-likelihood of 0 or 1 (B,) under logits (B, 1)."""
    logits = outputs.squeeze(-1)  # (B,)
    return F.binary_cross_entropy_with_logits(logits, targets.to(logits.dtype))


def masked_cross_entropy(
    outputs: Tensor, targets: Tensor, smoothing: float = 0.0
) -> Tensor:
    """Mean over the steps with a target: (B, T, K), (B, T), -1: none."""
    return F.cross_entropy(
        outputs.flatten(0, 1),
        targets.flatten(),
        ignore_index=-1,
        label_smoothing=smoothing,
    )


def frame_cross_entropy(outputs: Tensor, targets: Tensor) -> Tensor:
    """Mean over frames of the sum over keys: both (B, T, K), -1: none."""
    mask = (targets >= 0).to(outputs.dtype)
    total = F.binary_cross_entropy_with_logits(
        outputs, targets.clamp(min=0).to(outputs.dtype), mask, reduction="sum"
    )
    return total / mask[..., 0].sum()


def step_losses(outputs: Tensor, targets: Tensor) -> Tensor:
    """Negative log-likelihood of each step (B, T), 0 without a target."""
    # A softmax over the last axis: over a strided one float32 sums badly.
    losses = F.cross_entropy(
        outputs.flatten(0, 1),
        targets.flatten(),
        ignore_index=-1,
        reduction="none",
    )
    return losses.unflatten(0, targets.shape)


@cache
def build_loss(name: str, smoothing: float) -> Callable:
    """The loss function of this name, with label smoothing."""
    if not smoothing:
        return LOSSES[name]
    return partial(LOSSES[name], smoothing=smoothing)


LOSSES = {
    "squared_error": mean_squared_error,
    "cross_entropy": cross_entropy,
    "binary_cross_entropy": binary_cross_entropy,
    "masked_cross_entropy": masked_cross_entropy,
    "frame_cross_entropy": frame_cross_entropy,
    "crf": crf_nll,
}

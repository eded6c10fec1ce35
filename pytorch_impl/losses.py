"""The loss of each model, averaged over the batch."""

from collections.abc import Callable
from functools import cache, partial

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from pytorch_impl.crf import crf_nll
from shared.specs.ctc import BLANK
from shared.specs.video import HEADS


def mean_squared_error(outputs: Tensor, targets: Tensor) -> Tensor:
    """Mean of squared errors: (B, K), (B, K) -> ()."""
    return F.mse_loss(outputs, targets)


def pinball(
    outputs: Tensor, targets: Tensor, levels: tuple[float, ...]
) -> Tensor:
    """Mean over the quantiles of these levels: (B, K · Q), (B, K) -> ()."""
    quantiles = outputs.unflatten(-1, (-1, len(levels)))  # (B, K, Q)
    errors = targets.unsqueeze(-1) - quantiles
    above = errors.new_tensor(levels)  # what an error above costs
    return torch.maximum(above * errors, (above - 1) * errors).mean()


def cross_entropy(
    outputs: Tensor, targets: Tensor, smoothing: float = 0.0
) -> Tensor:
    """Mean negative log-likelihood of classes (B,) under logits (B, K)."""
    return F.cross_entropy(outputs, targets, label_smoothing=smoothing)


def binary_cross_entropy(
    outputs: Tensor, targets: Tensor, smoothing: float = 0.0
) -> Tensor:
    """Mean negative log-likelihood of 0 or 1 (B,) under logits (B, 1)."""
    logits = outputs.squeeze(-1)  # (B,)
    probs = (1 - smoothing) * targets.to(logits.dtype) + smoothing / 2
    return F.binary_cross_entropy_with_logits(logits, probs)


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


def ctc(outputs: Tensor, targets: Tensor) -> Tensor:
    """Mean of -log p(labels): (B, T, K), (B, 1 + U) frames and labels."""
    frames, labels = targets[:, 0], targets[:, 1:]  # (B,), (B, U)
    losses = F.ctc_loss(
        outputs.log_softmax(dim=-1).transpose(0, 1),  # (T, B, K)
        labels,
        frames,
        (labels >= 0).sum(dim=1),
        blank=BLANK,
        reduction="none",
    )
    return losses.mean()  # over (B,); "mean" would divide each by its U


def multi_task(outputs: Tensor, targets: Tensor) -> Tensor:
    """Sum of three heads' means over all steps: (B, T, K), (B, T, 4) -> ()."""
    outputs, targets = outputs.flatten(0, 1), targets.flatten(0, 1)  # (B·T, K)
    direction, digit = targets[:, :2].long().unbind(1)
    return (
        F.cross_entropy(outputs[:, HEADS.direction], direction)
        + F.cross_entropy(outputs[:, HEADS.digit], digit)
        + F.mse_loss(outputs[:, HEADS.position], targets[:, 2:])
    )


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
def build_loss(
    name: str, smoothing: float, levels: tuple[float, ...] = ()
) -> Callable:
    """The loss function of this name, with label smoothing or quantiles."""
    options = {"smoothing": smoothing} if smoothing else {}
    if levels:
        options["levels"] = levels
    return partial(LOSSES[name], **options) if options else LOSSES[name]


def loss_weights(model: nn.Module) -> tuple[nn.Module, ...]:
    """What the loss reads besides the outputs: the CRF of a model, if any."""
    return (model.crf,) if model.spec.crf else ()


LOSSES = {
    "squared_error": mean_squared_error,
    "pinball": pinball,
    "cross_entropy": cross_entropy,
    "binary_cross_entropy": binary_cross_entropy,
    "masked_cross_entropy": masked_cross_entropy,
    "frame_cross_entropy": frame_cross_entropy,
    "ctc": ctc,
    "multi_task": multi_task,
    "crf": crf_nll,
}

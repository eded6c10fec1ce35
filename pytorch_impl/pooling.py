"""What a classifier reads of all steps; past an end no step counts."""

import torch
from torch import Tensor


def last_state(outputs: Tensor, last: Tensor, lengths: Tensor | None) -> Tensor:
    """The last state of each direction: (B, H')."""
    return last


def mean_over_time(
    outputs: Tensor, last: Tensor, lengths: Tensor | None
) -> Tensor:
    """The mean of the steps inside each sequence: (B, T, H') -> (B, H')."""
    inside = steps_inside(outputs, lengths)  # (B, T, 1)
    total = torch.where(inside, outputs, 0.0).sum(dim=1)
    return total / inside.sum(dim=1)


def max_over_time(
    outputs: Tensor, last: Tensor, lengths: Tensor | None
) -> Tensor:
    """The greatest value of each unit: (B, T, H') -> (B, H')."""
    inside = steps_inside(outputs, lengths)  # (B, T, 1)
    return torch.where(inside, outputs, -torch.inf).amax(dim=1)


def mean_and_max(
    outputs: Tensor, last: Tensor, lengths: Tensor | None
) -> Tensor:
    """Both, joined: (B, T, H') -> (B, 2H')."""
    pools = (mean_over_time, max_over_time)
    return torch.cat([pool(outputs, last, lengths) for pool in pools], dim=-1)


POOLS = {
    "last": last_state,
    "mean": mean_over_time,
    "max": max_over_time,
    "mean+max": mean_and_max,
}


def steps_inside(outputs: Tensor, lengths: Tensor | None) -> Tensor:
    """Which steps are inside each sequence: (B, T, 1)."""
    steps = torch.arange(outputs.shape[1], device=outputs.device)  # (T,)
    if lengths is None:
        return torch.ones_like(outputs[..., :1], dtype=torch.bool)
    return (steps < lengths[:, None])[:, :, None]

"""From the outputs of all steps to one vector; padding never counts."""

import torch
from torch import Tensor

from pytorch_impl.cells import sequence_mask


def final_hidden(
    outputs: Tensor, lengths: Tensor | None, bidirectional: bool
) -> Tensor:
    """The last h of each direction: (B, T, H') -> (B, H')."""
    if lengths is None:
        last = outputs[:, -1]  # (B, H')
    else:
        rows = torch.arange(len(outputs), device=outputs.device)
        last = outputs[rows, lengths - 1]  # (B, H')
    if not bidirectional:
        return last
    forward, _ = last.chunk(2, dim=-1)
    _, backward = outputs[:, 0].chunk(2, dim=-1)  # its last step is the first
    return torch.cat((forward, backward), dim=-1)


def mean_over_time(
    outputs: Tensor, lengths: Tensor | None, bidirectional: bool
) -> Tensor:
    """The mean over the steps of each sequence: (B, T, H') -> (B, H')."""
    if lengths is None:
        return outputs.mean(dim=1)
    mask = sequence_mask(outputs, lengths)[:, :, None]  # (B, T, 1)
    return torch.where(mask, outputs, 0.0).sum(dim=1) / lengths[:, None]


def max_over_time(
    outputs: Tensor, lengths: Tensor | None, bidirectional: bool
) -> Tensor:
    """The maximum over the steps of each sequence: (B, T, H') -> (B, H')."""
    if lengths is not None:
        mask = sequence_mask(outputs, lengths)[:, :, None]  # (B, T, 1)
        outputs = torch.where(mask, outputs, -torch.inf)
    return outputs.amax(dim=1)


def mean_and_max(
    outputs: Tensor, lengths: Tensor | None, bidirectional: bool
) -> Tensor:
    """Both, joined: (B, T, H') -> (B, 2H')."""
    pools = (mean_over_time, max_over_time)
    return torch.cat([p(outputs, lengths, bidirectional) for p in pools], -1)


POOLS = {
    "last": final_hidden,
    "mean": mean_over_time,
    "max": max_over_time,
    "mean+max": mean_and_max,
}

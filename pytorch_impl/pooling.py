"""From the outputs of all steps to one vector; padding never counts."""

import torch
from torch import Tensor

from pytorch_impl.recurrent import State
from pytorch_impl.scratch import sequence_mask


def final_hidden(
    outputs: Tensor,
    state: State | list,
    lengths: Tensor | None,
    bidirectional: bool,
) -> Tensor:
    """The last h of each direction: (B, T, H') -> (B, H')."""
    if not bidirectional and lengths is None:
        return outputs[:, -1]  # (B, H)
    if not bidirectional:  # the layers read the padding too
        rows = torch.arange(len(outputs), device=outputs.device)
        return outputs[rows, lengths - 1]  # (B, H)
    if isinstance(state, list):  # from scratch: of each layer and direction
        return torch.cat([part[0] for part in state[-1]], dim=-1)
    h = state[0] if isinstance(state, tuple) else state  # (2L, B, H)
    return torch.cat((h[-2], h[-1]), dim=-1)


def mean_over_time(
    outputs: Tensor,
    state: State | list,
    lengths: Tensor | None,
    bidirectional: bool,
) -> Tensor:
    """The mean over the steps of each sequence: (B, T, H') -> (B, H')."""
    if lengths is None:
        return outputs.mean(dim=1)
    mask = sequence_mask(outputs, lengths)[:, :, None]  # (B, T, 1)
    return torch.where(mask, outputs, 0.0).sum(dim=1) / lengths[:, None]


def max_over_time(
    outputs: Tensor,
    state: State | list,
    lengths: Tensor | None,
    bidirectional: bool,
) -> Tensor:
    """The maximum over the steps of each sequence: (B, T, H') -> (B, H')."""
    if lengths is not None:
        mask = sequence_mask(outputs, lengths)[:, :, None]  # (B, T, 1)
        outputs = torch.where(mask, outputs, -torch.inf)
    return outputs.amax(dim=1)


def mean_and_max(
    outputs: Tensor,
    state: State | list,
    lengths: Tensor | None,
    bidirectional: bool,
) -> Tensor:
    """Both, joined: (B, T, H') -> (B, 2H')."""
    pools = (mean_over_time, max_over_time)
    pooled = [pool(outputs, state, lengths, bidirectional) for pool in pools]
    return torch.cat(pooled, dim=-1)


POOLS = {
    "last": final_hidden,
    "mean": mean_over_time,
    "max": max_over_time,
    "mean+max": mean_and_max,
}

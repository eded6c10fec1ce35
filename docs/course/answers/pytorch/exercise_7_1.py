import torch
from torch import Tensor


def decoder_inputs(targets: Tensor, start: int) -> Tensor:
    """The targets one step later, after the start token: (B, T)."""
    starts = targets.new_full((len(targets), 1), start)
    return torch.cat([starts, targets[:, :-1]], dim=1)

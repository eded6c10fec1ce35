"""Recurrent dropout: h is masked where U multiplies it, and there alone."""

import torch
from torch import Tensor, nn


def recurrent_masks(
    dropout: nn.Dropout, h: Tensor, gates: int
) -> tuple[Tensor, ...]:
    """A mask of h (B, H) for each gate, of a whole sequence; () where off."""
    if not (dropout.training and dropout.p):
        return ()
    return dropout(h.new_ones(gates, *h.shape)).unbind()


def product(h: Tensor, w_hh: Tensor, masks: tuple[Tensor, ...] = ()) -> Tensor:
    """U h, or U (m h) with the mask of each gate: (B, H) -> (B, G·H)."""
    if not masks:
        return h @ w_hh
    blocks = w_hh.chunk(len(masks), dim=-1)  # each (H, H)
    return torch.cat([(m * h) @ u for m, u in zip(masks, blocks)], dim=-1)

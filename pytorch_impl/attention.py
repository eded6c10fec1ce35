"""Attention of the decoder over the encoder's outputs."""

from typing import NamedTuple

import torch
from torch import Tensor, nn


class Memory(NamedTuple):
    """Values and keys (B, T, H); mask (B, T), true inside the source."""

    values: Tensor
    keys: Tensor
    mask: Tensor


class Bahdanau(nn.Module):
    """v · tanh(W q + U m + b): queries (B, Q, H) -> scores (B, Q, T)."""

    def __init__(self, hidden: int):
        super().__init__()
        self.query = nn.Linear(hidden, hidden, bias=False)
        self.keys = nn.Linear(hidden, hidden)
        self.score = nn.Linear(hidden, 1, bias=False)

    def forward(self, queries: Tensor, keys: Tensor) -> Tensor:
        """Score each step of the source for each query."""
        projected = self.query(queries)[:, :, None]  # (B, Q, 1, H)
        energy = torch.tanh(projected + keys[:, None])  # (B, Q, T, H)
        return self.score(energy)[..., 0]


class LuongDot(nn.Module):
    """q · m: queries (B, Q, H) -> scores (B, Q, T)."""

    def __init__(self, hidden: int):
        super().__init__()
        self.keys = nn.Identity()

    def forward(self, queries: Tensor, keys: Tensor) -> Tensor:
        """Score each step of the source for each query."""
        return queries @ keys.mT


class LuongGeneral(nn.Module):
    """q · W m: queries (B, Q, H) -> scores (B, Q, T)."""

    def __init__(self, hidden: int):
        super().__init__()
        self.keys = nn.Linear(hidden, hidden, bias=False)

    def forward(self, queries: Tensor, keys: Tensor) -> Tensor:
        """Score each step of the source for each query."""
        return queries @ keys.mT


ATTENTIONS = {
    "none": lambda hidden: None,
    "bahdanau": Bahdanau,
    "luong-dot": LuongDot,
    "luong-general": LuongGeneral,
}


def attend(
    attention: nn.Module, queries: Tensor, memory: Memory
) -> tuple[Tensor, Tensor]:
    """Contexts (B, Q, H) of queries (B, Q, H), and weights (B, Q, T)."""
    scores = attention(queries, memory.keys)
    padding = ~memory.mask[:, None]  # (B, 1, T)
    weights = scores.masked_fill(padding, -torch.inf).softmax(dim=-1)
    return weights @ memory.values, weights

"""How what is read becomes vectors."""

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from pytorch_impl.recurrent import RECURRENT
from shared.specs import ModelSpec
from shared.weights.layout import step_size


class Values(nn.Module):
    """Vectors already: (B, T, D) -> (B, T, D)."""

    def __init__(self, spec: ModelSpec):
        super().__init__()

    def forward(self, x: Tensor) -> Tensor:
        """Take them as they are."""
        return x


class OneHot(nn.Module):
    """One-hot vectors: indices (B, T) -> (B, T, V)."""

    def __init__(self, spec: ModelSpec):
        super().__init__()
        self.size = spec.input_size

    def forward(self, x: Tensor) -> Tensor:
        """Encode each index."""
        return F.one_hot(x, self.size).to(torch.get_default_dtype())


class Embedding(nn.Module):
    """A learned table: indices (B, T) -> (B, T, E); padding never learns."""

    def __init__(self, spec: ModelSpec):
        super().__init__()
        self.table = nn.Embedding(
            spec.input_size,
            spec.embedding_size,
            padding_idx=spec.padding_index,
        )

    def forward(self, x: Tensor) -> Tensor:
        """Look each index up."""
        return self.table(x)  # (B, T, E)


class Characters(nn.Module):
    """Each word read both ways: characters (B, T, C) -> (B, T, 2H)."""

    def __init__(self, spec: ModelSpec):
        super().__init__()
        self.input = Embedding(spec)
        self.recurrent = RECURRENT[spec.layers](spec, step_size(spec))

    def forward(self, x: Tensor) -> Tensor:
        """Take the last states of each word; past a sentence none counts."""
        words = x.flatten(0, 1)  # (B·T, C)
        lengths = (words > 0).sum(dim=1).clamp(min=1)
        _, last = self.recurrent(self.input(words), lengths)  # (B·T, 2H)
        return last.unflatten(0, x.shape[:2])


INPUTS = {"values": Values, "onehot": OneHot, "embedding": Embedding}

"""Input layers: from values or indices to the vectors of each step."""

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from pytorch_impl.pooling import final_hidden
from pytorch_impl.recurrent import RECURRENT
from shared.specs import ModelSpec
from shared.weights.layout import step_size


class Values(nn.Module):
    """Real-valued features, unchanged: (B, T, D) -> (B, T, D)."""

    def __init__(self, spec: ModelSpec):
        super().__init__()

    def forward(self, x: Tensor) -> Tensor:
        """The features."""
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
    """Embedding: indices (B, T) -> (B, T, E); padding has no gradient."""

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
    """A bidirectional RNN over each word: (B, T, C) -> (B, T, 2H)."""

    def __init__(self, spec: ModelSpec):
        super().__init__()
        self.input = Embedding(spec)
        self.recurrent = RECURRENT[spec.impl](spec, step_size(spec))

    def forward(self, x: Tensor) -> Tensor:
        """The final hidden states of each word's characters."""
        words = x.flatten(0, 1)  # (B·T, C)
        lengths = (words > 0).sum(dim=1).clamp(min=1)
        outputs, state = self.recurrent(self.input(words), lengths)
        hidden = final_hidden(outputs, state, lengths, bidirectional=True)
        return hidden.unflatten(0, x.shape[:2])


INPUTS = {"values": Values, "onehot": OneHot, "embedding": Embedding}

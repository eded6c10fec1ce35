"""Classification of sequences of indices."""

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from pytorch_impl.recurrent import RECURRENT
from shared.initial import last_size, step_size
from shared.specs import ModelSpec


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
            spec.input_size, spec.embedding_size, padding_idx=0
        )

    def forward(self, x: Tensor) -> Tensor:
        """Look each index up."""
        return self.table(x)  # (B, T, E)


INPUTS = {"onehot": OneHot, "embedding": Embedding}


class Classifier(nn.Module):
    """Sequence classification: indices (B, T) -> logits (B, K)."""

    def __init__(self, spec: ModelSpec):
        super().__init__()
        self.spec = spec
        self.input = INPUTS[spec.input](spec)
        self.recurrent = RECURRENT[spec.layers](spec, step_size(spec))
        self.dropout = nn.Dropout(spec.dropout)
        self.head = nn.Linear(last_size(spec), spec.output_size)

    def forward(self, x: Tensor, lengths: Tensor | None = None) -> Tensor:
        """Classify by the last state."""
        vectors = self.input(x)  # (B, T, D)
        _, last = self.recurrent(vectors, lengths)  # (B, H')
        return self.head(self.dropout(last))  # (B, K)

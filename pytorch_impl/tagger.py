"""Sequence labeling: a tag for each word of a sentence."""

import torch
from torch import Tensor, nn

from pytorch_impl.crf import CRF
from pytorch_impl.inputs import INPUTS, Characters, Embedding
from pytorch_impl.recurrent import RECURRENT
from shared.specs import ModelSpec
from shared.weights.layout import (
    char_column,
    char_spec,
    head_size,
    shape_spec,
    step_size,
)


class Tagger(nn.Module):
    """Many-to-many labels: words (B, T, 1 + C) -> logits (B, T, K)."""

    def __init__(self, spec: ModelSpec):
        super().__init__()
        self.spec = spec
        self.input = INPUTS[spec.input](spec)
        self.shapes = Embedding(shape_spec(spec)) if spec.shape_size else None
        self.characters = (
            Characters(char_spec(spec)) if spec.char_encoder else None
        )
        self.input_dropout = nn.Dropout(spec.input_dropout)
        self.recurrent = RECURRENT[spec.impl](spec, step_size(spec))
        self.dropout = nn.Dropout(spec.dropout)
        self.head = nn.Linear(head_size(spec), spec.output_size)
        self.crf = CRF(spec) if spec.crf else None

    def features(self, x: Tensor) -> Tensor:
        """Vectors of word, shape, characters: (B, T, 1 + C) -> (B, T, D)."""
        vectors = [self.input(x[..., 0])]  # (B, T, E)
        if self.shapes is not None:
            vectors.append(self.shapes(x[..., 1]))
        if self.characters is not None:
            spelling = x[..., char_column(self.spec) :]  # (B, T, C)
            vectors.append(self.characters(spelling))  # (B, T, 2H)
        return torch.cat(vectors, dim=-1)

    def forward(self, x: Tensor, lengths: Tensor | None = None) -> Tensor:
        """Logits of each step from the outputs of all directions."""
        vectors = self.input_dropout(self.features(x))  # (B, T, D)
        outputs, _ = self.recurrent(vectors, lengths)  # (B, T, H')
        return self.head(self.dropout(outputs))  # (B, T, K)

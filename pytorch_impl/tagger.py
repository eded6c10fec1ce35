"""Sequence labeling: a tag for each word of a sentence."""

import torch
from torch import Tensor, nn

from pytorch_impl.inputs import INPUTS, Characters
from pytorch_impl.recurrent import RECURRENT
from shared.specs import ModelSpec
from shared.weights.layout import char_spec, head_size, step_size


class Tagger(nn.Module):
    """Many-to-many labels: words (B, T, 1 + C) -> logits (B, T, K)."""

    def __init__(self, spec: ModelSpec):
        super().__init__()
        self.spec = spec
        self.input = INPUTS[spec.input](spec)
        self.characters = (
            Characters(char_spec(spec)) if spec.char_encoder else None
        )
        self.input_dropout = nn.Dropout(spec.input_dropout)
        self.recurrent = RECURRENT[spec.impl](spec, step_size(spec))
        self.dropout = nn.Dropout(spec.dropout)
        self.head = nn.Linear(head_size(spec), spec.output_size)

    def features(self, x: Tensor) -> Tensor:
        """Word and character vectors, joined: (B, T, 1 + C) -> (B, T, D)."""
        vectors = self.input(x[..., 0])  # (B, T, E)
        if self.characters is None:
            return vectors
        spelling = self.characters(x[..., 1:])  # (B, T, 2H)
        return torch.cat((vectors, spelling), dim=-1)

    def forward(self, x: Tensor, lengths: Tensor | None = None) -> Tensor:
        """Logits of each step from the outputs of all directions."""
        vectors = self.input_dropout(self.features(x))  # (B, T, D)
        outputs, _ = self.recurrent(vectors, lengths)  # (B, T, H')
        return self.head(self.dropout(outputs))  # (B, T, K)

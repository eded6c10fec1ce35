"""Encoder and decoder of a sequence-to-sequence model, and their bridge."""

import torch
from torch import Tensor, nn

from pytorch_impl.inputs import Embedding
from pytorch_impl.recurrent import RECURRENT, State
from shared.specs import STATE_NAMES, ModelSpec
from shared.weights.layout import step_size


class EmbeddedRNN(nn.Module):
    """Embedding and recurrent layers, of the encoder or of the decoder."""

    def __init__(self, spec: ModelSpec):
        super().__init__()
        self.input = Embedding(spec)
        self.input_dropout = nn.Dropout(spec.input_dropout)
        self.recurrent = RECURRENT[spec.impl](spec, step_size(spec))

    def embed(self, tokens: Tensor) -> Tensor:
        """Embeddings after dropout: (B, T) -> (B, T, E)."""
        return self.input_dropout(self.input(tokens))

    def forward(
        self, tokens: Tensor, lengths: Tensor | None = None
    ) -> tuple[Tensor, State | None]:
        """Outputs (B, T, H') of tokens (B, T), and the state after."""
        return self.recurrent(self.embed(tokens), lengths)


class Bridge(nn.Module):
    """From the encoder's final h (B, H) to the decoder's initial state."""

    def __init__(self, spec: ModelSpec):
        super().__init__()
        self.names = STATE_NAMES[spec.cell]
        self.layers = nn.ModuleList()
        for _ in range(spec.num_layers):
            linears = {
                name: nn.Linear(spec.hidden_size, spec.hidden_size)
                for name in self.names
            }
            self.layers.append(nn.ModuleDict(linears))

    def forward(self, hidden: Tensor) -> list[tuple[Tensor, ...]]:
        """(h,) or (h, c) of each layer, each (B, H); h is bounded."""
        return [
            tuple(BOUNDS[name](layer[name](hidden)) for name in self.names)
            for layer in self.layers
        ]


BOUNDS = {"h": torch.tanh, "c": nn.Identity()}

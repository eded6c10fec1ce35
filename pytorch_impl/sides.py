"""The two sides of a sequence to sequence model, and what joins them."""

import torch
from torch import Tensor, nn

from pytorch_impl.inputs import Embedding
from pytorch_impl.recurrent import RECURRENT
from shared.specs import ModelSpec
from shared.weights.layout import step_size
from shared.weights.seq2seq import state_names


class Side(nn.Module):
    """Embedding and recurrent layers, of the encoder or of the decoder."""

    def __init__(self, spec: ModelSpec):
        super().__init__()
        self.input = Embedding(spec)
        self.input_dropout = nn.Dropout(spec.input_dropout)
        self.recurrent = RECURRENT[spec.layers](spec, step_size(spec))

    def forward(self, x: Tensor) -> Tensor:
        """What is read: indices (B, T) -> (B, T, E)."""
        return self.input_dropout(self.input(x))


class Bridge(nn.Module):
    """The encoder's last h (B, H) -> the state of each decoder layer."""

    def __init__(self, spec: ModelSpec):
        super().__init__()
        self.names = tuple(state_names(spec))
        self.layers = nn.ModuleList()
        for _ in range(spec.num_layers):
            linears = {
                name: nn.Linear(spec.hidden_size, spec.hidden_size)
                for name in self.names
            }
            self.layers.append(nn.ModuleDict(linears))

    def forward(self, last: Tensor) -> list[tuple]:
        """(h,) or (h, c) of each layer, each (B, H); h is bounded."""
        return [
            tuple(BOUNDS[name](layer[name](last)) for name in self.names)
            for layer in self.layers
        ]


BOUNDS = {"h": torch.tanh, "c": nn.Identity()}

"""What comes next in a text, or in a piece of music."""

from torch import Tensor, nn

from pytorch_impl.inputs import INPUTS
from pytorch_impl.recurrent import RECURRENT
from shared.specs import ModelSpec
from shared.weights.layout import head_size, step_size


class LanguageModel(nn.Module):
    """Next step at each one: (B, T) or (B, T, D) -> logits (B, T, V)."""

    def __init__(self, spec: ModelSpec):
        super().__init__()
        self.spec = spec
        self.input = INPUTS[spec.input](spec)
        self.input_dropout = nn.Dropout(spec.input_dropout)
        self.recurrent = RECURRENT[spec.layers](spec, step_size(spec))
        self.dropout = nn.Dropout(spec.dropout)
        self.head = nn.Linear(head_size(spec), spec.output_size)
        if spec.tie_weights:
            self.head.weight = self.input.table.weight  # (V, E), E = H

    def features(self, x: Tensor) -> Tensor:
        """What the recurrent layers read: (B, T, D), also of indices."""
        return self.input(x)

    def forward(self, x: Tensor, lengths: Tensor | None = None) -> Tensor:
        """Read from the beginning; no step sees what comes after it."""
        return self.resume(x, self.start(len(x)))[0]

    def start(self, batch: int):
        """The state before the first symbol."""
        return self.recurrent.start(batch)

    def resume(self, x: Tensor, state):
        """Read on from a state: logits (B, T, V) and the state after."""
        vectors = self.input_dropout(self.features(x))  # (B, T, D)
        outputs, state = self.recurrent.resume(vectors, state)  # (B, T, H)
        return self.logits(self.dropout(outputs)), state

    def logits(self, outputs: Tensor) -> Tensor:
        """The head, or the table that is tied to it: (B, T, V)."""
        return self.head(outputs)

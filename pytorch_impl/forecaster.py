"""Regression of the next value from a window of values."""

from torch import Tensor, nn

from pytorch_impl.pooling import final_hidden
from pytorch_impl.recurrent import RECURRENT
from shared.specs import ModelSpec
from shared.weights.layout import last_size


class Forecaster(nn.Module):
    """Many-to-one regression: (B, T, D) -> (B, K)."""

    def __init__(self, spec: ModelSpec):
        super().__init__()
        self.spec = spec
        self.recurrent = RECURRENT[spec.impl](spec, spec.input_size)
        self.dropout = nn.Dropout(spec.dropout)
        self.head = nn.Linear(last_size(spec), spec.output_size)

    def features(self, x: Tensor) -> Tensor:
        """The recurrent layers' inputs: the values (B, T, D)."""
        return x

    def forward(self, x: Tensor, lengths: Tensor | None = None) -> Tensor:
        """Forecast from the final hidden state."""
        vectors = self.features(x)  # (B, T, D)
        outputs, state = self.recurrent(vectors, lengths)  # (B, T, H')
        last = final_hidden(outputs, state, lengths, self.spec.bidirectional)
        return self.head(self.dropout(last))  # (B, K)

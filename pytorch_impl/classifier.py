"""Classification of sequences."""

from torch import Tensor, nn

from pytorch_impl.inputs import INPUTS
from pytorch_impl.pooling import POOLS
from pytorch_impl.recurrent import RECURRENT
from shared.specs import ModelSpec
from shared.weights.layout import head_size, step_size


class Classifier(nn.Module):
    """Sequence classification: (B, T) or (B, T, D) -> logits (B, K)."""

    def __init__(self, spec: ModelSpec):
        super().__init__()
        self.spec = spec
        self.input = INPUTS[spec.input](spec)
        self.input_dropout = nn.Dropout(spec.input_dropout)
        self.recurrent = RECURRENT[spec.impl](spec, step_size(spec))
        self.pool = POOLS[spec.pooling]
        self.dropout = nn.Dropout(spec.dropout)
        self.head = nn.Linear(head_size(spec), spec.output_size)

    def features(self, x: Tensor) -> Tensor:
        """The recurrent layers' inputs: (B, T) or (B, T, D) -> (B, T, D)."""
        return self.input(x)

    def forward(self, x: Tensor, lengths: Tensor | None = None) -> Tensor:
        """Logits from the pooled outputs of all steps."""
        vectors = self.input_dropout(self.features(x))  # (B, T, D)
        outputs, state = self.recurrent(vectors, lengths)  # (B, T, H')
        pooled = self.pool(outputs, state, lengths, self.spec.bidirectional)
        return self.head(self.dropout(pooled))  # (B, P) -> (B, K)

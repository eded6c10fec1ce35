"""Speech recognition: the labels of frames that are not aligned."""

from torch import Tensor, nn

from pytorch_impl.inputs import INPUTS
from pytorch_impl.recurrent import RECURRENT
from shared.specs import ModelSpec
from shared.weights.layout import head_size


class SpeechRecognizer(nn.Module):
    """Labels of unaligned frames: (B, T, D) -> logits (B, T, K), 0: blank."""

    def __init__(self, spec: ModelSpec):
        super().__init__()
        self.spec = spec
        self.input = INPUTS[spec.input](spec)
        self.input_dropout = nn.Dropout(spec.input_dropout)
        self.recurrent = RECURRENT[spec.impl](spec, spec.input_size)
        self.dropout = nn.Dropout(spec.dropout)
        self.head = nn.Linear(head_size(spec), spec.output_size)

    def features(self, x: Tensor) -> Tensor:
        """The recurrent layers' inputs: the frames (B, T, D)."""
        return self.input(x)

    def forward(self, x: Tensor, lengths: Tensor | None = None) -> Tensor:
        """Logits of each frame from the outputs of all directions."""
        vectors = self.input_dropout(self.features(x))  # (B, T, D)
        outputs, _ = self.recurrent(vectors, lengths)  # (B, T, H')
        return self.head(self.dropout(outputs))  # (B, T, K)

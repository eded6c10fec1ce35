"""Video: what moves in the frames, in which direction, and where to."""

from torch import Tensor, nn

from pytorch_impl.frame_encoder import FrameEncoder
from pytorch_impl.recurrent import RECURRENT
from shared.specs import ModelSpec
from shared.weights.layout import head_size, step_size


class VideoModel(nn.Module):
    """Three heads at each step, side by side: (B, T, D) -> (B, T, K)."""

    def __init__(self, spec: ModelSpec):
        super().__init__()
        self.spec = spec
        self.input = FrameEncoder(spec)
        self.recurrent = RECURRENT[spec.impl](spec, step_size(spec))
        self.dropout = nn.Dropout(spec.dropout)
        self.head = nn.Linear(head_size(spec), spec.output_size)

    def features(self, x: Tensor) -> Tensor:
        """The recurrent layers' inputs: (B, T, D) -> (B, T, E)."""
        return self.input(x)

    def forward(self, x: Tensor, lengths: Tensor | None = None) -> Tensor:
        """Outputs of each step from the frames up to it."""
        vectors = self.features(x)  # (B, T, E)
        outputs, _ = self.recurrent(vectors, lengths)  # (B, T, H)
        return self.head(self.dropout(outputs))  # (B, T, K)

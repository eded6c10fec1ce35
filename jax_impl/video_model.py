"""Video: what moves in the frames, in which direction, and where to."""

from flax import nnx
from jax import Array

from jax_impl.frame_encoder import FrameEncoder
from jax_impl.recurrent import RECURRENT
from shared.specs import ModelSpec
from shared.weights.layout import head_size, step_size


class VideoModel(nnx.Module):
    """Three heads at each step, side by side: (B, T, D) -> (B, T, K)."""

    def __init__(self, spec: ModelSpec, rngs: nnx.Rngs):
        self.spec = spec
        self.input = FrameEncoder(spec, rngs)
        self.recurrent = RECURRENT[spec.impl](spec, step_size(spec), rngs)
        self.dropout = nnx.Dropout(spec.dropout, rngs=rngs)
        self.head = nnx.Linear(head_size(spec), spec.output_size, rngs=rngs)

    def features(self, x: Array) -> Array:
        """The recurrent layers' inputs: (B, T, D) -> (B, T, E)."""
        return self.input(x)

    def __call__(self, x: Array, lengths: Array | None = None) -> Array:
        """Outputs of each step from the frames up to it."""
        vectors = self.features(x)  # (B, T, E)
        outputs, _ = self.recurrent(vectors, lengths)  # (B, T, H)
        return self.head(self.dropout(outputs))  # (B, T, K)

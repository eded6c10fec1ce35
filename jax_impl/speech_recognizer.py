"""Speech recognition: the labels of frames that are not aligned."""

from flax import nnx
from jax import Array

from jax_impl.inputs import INPUTS
from jax_impl.recurrent import RECURRENT
from shared.specs import ModelSpec
from shared.weights.layout import head_size


class SpeechRecognizer(nnx.Module):
    """Labels of unaligned frames: (B, T, D) -> logits (B, T, K), 0: blank."""

    def __init__(self, spec: ModelSpec, rngs: nnx.Rngs):
        self.spec = spec
        self.input = INPUTS[spec.input](spec, rngs)
        self.input_dropout = nnx.Dropout(spec.input_dropout, rngs=rngs)
        self.recurrent = RECURRENT[spec.impl](spec, spec.input_size, rngs)
        self.dropout = nnx.Dropout(spec.dropout, rngs=rngs)
        self.head = nnx.Linear(head_size(spec), spec.output_size, rngs=rngs)

    def features(self, x: Array) -> Array:
        """The recurrent layers' inputs: the frames (B, T, D)."""
        return self.input(x)

    def __call__(self, x: Array, lengths: Array | None = None) -> Array:
        """Logits of each frame from the outputs of all directions."""
        vectors = self.input_dropout(self.features(x))  # (B, T, D)
        outputs, _ = self.recurrent(vectors, lengths)  # (B, T, H')
        return self.head(self.dropout(outputs))  # (B, T, K)

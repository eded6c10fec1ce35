"""Classification of sequences."""

from flax import nnx
from jax import Array

from jax_impl.inputs import INPUTS
from jax_impl.pooling import POOLS
from jax_impl.recurrent import RECURRENT
from shared.specs import ModelSpec
from shared.weights.layout import head_size, step_size


class Classifier(nnx.Module):
    """Sequence classification: (B, T) or (B, T, D) -> logits (B, K)."""

    def __init__(self, spec: ModelSpec, rngs: nnx.Rngs):
        self.spec = spec
        self.input = INPUTS[spec.input](spec, rngs)
        self.input_dropout = nnx.Dropout(spec.input_dropout, rngs=rngs)
        self.recurrent = RECURRENT[spec.impl](spec, step_size(spec), rngs)
        self.pool = POOLS[spec.pooling]
        self.dropout = nnx.Dropout(spec.dropout, rngs=rngs)
        self.head = nnx.Linear(head_size(spec), spec.output_size, rngs=rngs)

    def features(self, x: Array) -> Array:
        """The recurrent layers' inputs: (B, T) or (B, T, D) -> (B, T, D)."""
        return self.input(x)

    def __call__(self, x: Array, lengths: Array | None = None) -> Array:
        """Logits from the pooled outputs of all steps."""
        vectors = self.input_dropout(self.features(x))  # (B, T, D)
        outputs, state = self.recurrent(vectors, lengths)  # (B, T, H')
        pooled = self.pool(outputs, state, lengths, self.spec.bidirectional)
        return self.head(self.dropout(pooled))  # (B, P) -> (B, K)

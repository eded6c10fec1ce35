"""Regression of the next value from a window of values."""

from flax import nnx
from jax import Array

from jax_impl.pooling import final_hidden
from jax_impl.recurrent import RECURRENT
from shared.specs import ModelSpec
from shared.weights.layout import last_size


class Forecaster(nnx.Module):
    """Many-to-one regression: (B, T, D) -> (B, K)."""

    def __init__(self, spec: ModelSpec, rngs: nnx.Rngs):
        self.spec = spec
        self.recurrent = RECURRENT[spec.impl](spec, spec.input_size, rngs)
        self.dropout = nnx.Dropout(spec.dropout, rngs=rngs)
        self.head = nnx.Linear(last_size(spec), spec.output_size, rngs=rngs)

    def features(self, x: Array) -> Array:
        """The recurrent layers' inputs: the values (B, T, D)."""
        return x

    def __call__(self, x: Array, lengths: Array | None = None) -> Array:
        """Forecast from the final hidden state."""
        vectors = self.features(x)  # (B, T, D)
        outputs, state = self.recurrent(vectors, lengths)  # (B, T, H')
        last = final_hidden(outputs, state, lengths, self.spec.bidirectional)
        return self.head(self.dropout(last))  # (B, K)

"""Regression of the next value from a window of values."""

from flax import nnx
from jax import Array

from jax_impl.device import CURRENT
from jax_impl.recurrent import RECURRENT
from shared.specs import ModelSpec
from shared.weights.layout import last_size


class Forecaster(nnx.Module):
    """Many-to-one regression: (B, T, D) -> (B, K)."""

    def __init__(self, spec: ModelSpec, rngs: nnx.Rngs):
        self.spec = spec
        self.recurrent = RECURRENT[spec.layers](spec, spec.input_size, rngs)
        self.dropout = nnx.Dropout(spec.dropout, rngs=rngs)
        self.head = nnx.Linear(
            last_size(spec), spec.output_size, **CURRENT["types"], rngs=rngs
        )

    def features(self, x: Array) -> Array:
        """What the recurrent layers read: the values (B, T, D)."""
        return x

    def __call__(self, x: Array, lengths: Array | None = None) -> Array:
        """Forecast from the last state."""
        _, last = self.recurrent(x, lengths)  # (B, H')
        return self.head(self.dropout(last))  # (B, K)

"""What comes next in a text, or in a piece of music."""

import jax.numpy as jnp
from flax import nnx
from jax import Array

from jax_impl.device import CURRENT
from jax_impl.inputs import INPUTS
from jax_impl.recurrent import RECURRENT
from shared.specs import ModelSpec
from shared.weights.layout import head_size, step_size


class LanguageModel(nnx.Module):
    """Next step at each one: (B, T) or (B, T, D) -> logits (B, T, V)."""

    def __init__(self, spec: ModelSpec, rngs: nnx.Rngs):
        self.spec = spec
        self.input = INPUTS[spec.input](spec, rngs)
        self.input_dropout = nnx.Dropout(spec.input_dropout, rngs=rngs)
        self.recurrent = RECURRENT[spec.layers](spec, step_size(spec), rngs)
        self.dropout = nnx.Dropout(spec.dropout, rngs=rngs)
        self.head = HEADS[spec.tie_weights](
            head_size(spec), spec.output_size, **CURRENT["types"], rngs=rngs
        )

    def features(self, x: Array) -> Array:
        """What the recurrent layers read: (B, T, D), also of indices."""
        return self.input(x)

    def __call__(self, x: Array, lengths: Array | None = None) -> Array:
        """Read from the beginning; no step sees what comes after it."""
        return self.resume(x, self.start(len(x)))[0]

    def start(self, batch: int) -> list:
        """The state before the first symbol."""
        return self.recurrent.start(batch)

    def resume(self, x: Array, state: list):
        """Read on from a state: logits (B, T, V) and the state after."""
        vectors = self.input_dropout(self.features(x))  # (B, T, D)
        outputs, state = self.recurrent.resume(vectors, state)  # (B, T, H)
        return self.logits(self.dropout(outputs)), state

    def logits(self, outputs: Array) -> Array:
        """The head, or the table that is tied to it: (B, T, V)."""
        if self.spec.tie_weights:
            outputs = self.input.table.attend(outputs)
        return self.head(outputs)


class Bias(nnx.Module):
    """What a head has of its own when its weights are the table's."""

    def __init__(self, size: int, outputs: int, *, rngs, dtype, param_dtype):
        self.bias = nnx.Param(jnp.zeros(outputs, param_dtype))

    def __call__(self, x: Array) -> Array:
        """Add it to each step."""
        return x + self.bias  # (B, T, V)


HEADS = {False: nnx.Linear, True: Bias}

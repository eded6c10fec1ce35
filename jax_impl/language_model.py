"""Language models: of the next token, or of the next frame of music."""

import jax.numpy as jnp
from flax import nnx
from jax import Array

from jax_impl.inputs import INPUTS
from jax_impl.recurrent import RECURRENT, State
from shared.specs import ModelSpec
from shared.weights.layout import head_size, step_size


class LanguageModel(nnx.Module):
    """Next token or frame: (B, T) or (B, T, D) -> logits (B, T, V)."""

    def __init__(self, spec: ModelSpec, rngs: nnx.Rngs):
        self.spec = spec
        self.input = INPUTS[spec.input](spec, rngs)
        self.input_dropout = nnx.Dropout(spec.input_dropout, rngs=rngs)
        self.recurrent = RECURRENT[spec.impl](spec, step_size(spec), rngs)
        self.dropout = nnx.Dropout(spec.dropout, rngs=rngs)
        self.head = HEADS[spec.tie_weights](
            head_size(spec), spec.output_size, rngs=rngs
        )

    def features(self, x: Array) -> Array:
        """The recurrent layers' inputs: (B, T) or (B, T, D) -> (B, T, D)."""
        return self.input(x)

    def __call__(self, x: Array, lengths: Array | None = None) -> Array:
        """Logits of each step, from the initial state on."""
        return self.forward_from(x, self.initial_state(len(x)))[0]

    def initial_state(self, batch: int) -> State:
        """The state before the first token."""
        return self.recurrent.initial_state(batch)

    def forward_from(self, x: Array, state: State) -> tuple[Array, State]:
        """Logits (B, T, V) from a given state on, and the state after."""
        vectors = self.input_dropout(self.features(x))  # (B, T, D)
        outputs, state = self.recurrent(vectors, state=state)  # (B, T, H)
        return self.logits(self.dropout(outputs)), state

    def logits(self, outputs: Array) -> Array:
        """The output layer, tied to the embedding or not: (B, T, V)."""
        if self.spec.tie_weights:
            outputs = self.input.table.attend(outputs)
        return self.head(outputs)


class Bias(nnx.Module):
    """The bias of a head whose weights are the embedding's table."""

    # torch ties weights by one Parameter under two names.
    def __init__(self, size: int, outputs: int, rngs: nnx.Rngs):
        self.bias = nnx.Param(jnp.zeros(outputs))

    def __call__(self, x: Array) -> Array:
        """Add it to each step."""
        return x + self.bias  # (B, T, V)


HEADS = {False: nnx.Linear, True: Bias}

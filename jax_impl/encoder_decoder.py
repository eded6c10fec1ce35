"""Encoder and decoder of a sequence-to-sequence model, and their bridge."""

import jax.numpy as jnp
from flax import nnx
from jax import Array

from jax_impl.cells import State
from jax_impl.inputs import Embedding
from jax_impl.recurrent import RECURRENT
from shared.specs import STATE_NAMES, ModelSpec
from shared.weights.layout import step_size


class EmbeddedRNN(nnx.Module):
    """Embedding and recurrent layers, of the encoder or of the decoder."""

    def __init__(self, spec: ModelSpec, rngs: nnx.Rngs):
        self.input = Embedding(spec, rngs)
        self.input_dropout = nnx.Dropout(spec.input_dropout, rngs=rngs)
        self.recurrent = RECURRENT[spec.impl](spec, step_size(spec), rngs)

    def embed(self, tokens: Array) -> Array:
        """Embeddings after dropout: (B, T) -> (B, T, E)."""
        return self.input_dropout(self.input(tokens))

    def __call__(
        self, tokens: Array, lengths: Array | None = None
    ) -> tuple[Array, list | None]:
        """Outputs (B, T, H') of tokens (B, T), and the state after."""
        return self.recurrent(self.embed(tokens), lengths)


class Bridge(nnx.Module):
    """From the encoder's final h (B, H) to the decoder's initial state."""

    def __init__(self, spec: ModelSpec, rngs: nnx.Rngs):
        self.names = STATE_NAMES[spec.cell]
        size = (spec.hidden_size, spec.hidden_size)
        self.layers = nnx.List()
        for _ in range(spec.num_layers):
            linears = {
                name: nnx.Linear(*size, rngs=rngs) for name in self.names
            }
            self.layers.append(nnx.Dict(linears))

    def __call__(self, hidden: Array) -> list[State]:
        """(h,) or (h, c) of each layer, each (B, H); h is bounded."""
        return [
            tuple(BOUNDS[name](layer[name](hidden)) for name in self.names)
            for layer in self.layers
        ]


BOUNDS = {"h": jnp.tanh, "c": nnx.identity}

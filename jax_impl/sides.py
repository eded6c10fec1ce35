"""The two sides of a sequence to sequence model, and what joins them."""

import jax.numpy as jnp
from flax import nnx
from jax import Array

from jax_impl.device import CURRENT
from jax_impl.inputs import Embedding
from jax_impl.recurrent import RECURRENT
from shared.specs import ModelSpec
from shared.weights.layout import step_size
from shared.weights.seq2seq import state_names


class Side(nnx.Module):
    """Embedding and recurrent layers, of the encoder or of the decoder."""

    def __init__(self, spec: ModelSpec, rngs: nnx.Rngs):
        self.input = Embedding(spec, rngs)
        self.input_dropout = nnx.Dropout(spec.input_dropout, rngs=rngs)
        self.recurrent = RECURRENT[spec.layers](spec, step_size(spec), rngs)

    def __call__(self, x: Array) -> Array:
        """What is read: indices (B, T) -> (B, T, E)."""
        return self.input_dropout(self.input(x))


class Bridge(nnx.Module):
    """The encoder's last h (B, H) -> the state of each decoder layer."""

    def __init__(self, spec: ModelSpec, rngs: nnx.Rngs):
        self.names = tuple(state_names(spec))
        size = (spec.hidden_size, spec.hidden_size)
        self.layers = nnx.List()
        for _ in range(spec.num_layers):
            linears = {
                name: nnx.Linear(*size, **CURRENT["types"], rngs=rngs)
                for name in self.names
            }
            self.layers.append(nnx.Dict(linears))

    def __call__(self, last: Array) -> list[tuple]:
        """(h,) or (h, c) of each layer, each (B, H); h is bounded."""
        return [
            tuple(BOUNDS[name](layer[name](last)) for name in self.names)
            for layer in self.layers
        ]


BOUNDS = {"h": jnp.tanh, "c": nnx.identity}

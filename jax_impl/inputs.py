"""Input layers: from values or indices to the vectors of each step."""

import jax
import jax.numpy as jnp
from flax import nnx
from jax import Array

from jax_impl.device import CURRENT
from jax_impl.pooling import final_hidden
from jax_impl.recurrent import RECURRENT
from shared.specs import ModelSpec
from shared.weights.layout import step_size


class Values(nnx.Module):
    """Real-valued features, unchanged: (B, T, D) -> (B, T, D)."""

    def __init__(self, spec: ModelSpec, rngs: nnx.Rngs):
        pass

    def __call__(self, x: Array) -> Array:
        """The features."""
        # In the type of the weights: nnx.Dropout divides in that of its input,
        # and values of float32 would be rounded in float64.
        return jnp.asarray(x, CURRENT["dtype"])


class OneHot(nnx.Module):
    """One-hot vectors: indices (B, T) -> (B, T, V)."""

    def __init__(self, spec: ModelSpec, rngs: nnx.Rngs):
        self.size = spec.input_size

    def __call__(self, x: Array) -> Array:
        """Encode each index."""
        return jax.nn.one_hot(x, self.size)


class Embedding(nnx.Module):
    """Embedding: indices (B, T) -> (B, T, E); padding has no gradient."""

    def __init__(self, spec: ModelSpec, rngs: nnx.Rngs):
        # No step past a sequence's end reaches the loss: the row of the
        # padding has a zero gradient by itself. nnx.Embed keeps to the type
        # that its table has when it is made.
        self.table = nnx.Embed(
            spec.input_size,
            spec.embedding_size,
            param_dtype=CURRENT["dtype"],
            rngs=rngs,
        )

    def __call__(self, x: Array) -> Array:
        """Look each index up."""
        return self.table(x)  # (B, T, E)


class Characters(nnx.Module):
    """A bidirectional RNN over each word: (B, T, C) -> (B, T, 2H)."""

    def __init__(self, spec: ModelSpec, rngs: nnx.Rngs):
        self.input = Embedding(spec, rngs)
        self.recurrent = RECURRENT[spec.impl](spec, step_size(spec), rngs)

    def __call__(self, x: Array) -> Array:
        """The final hidden states of each word's characters."""
        words = x.reshape(-1, x.shape[-1])  # (B·T, C)
        lengths = jnp.maximum((words > 0).sum(axis=1), 1)
        outputs, state = self.recurrent(self.input(words), lengths)
        hidden = final_hidden(outputs, state, lengths, bidirectional=True)
        return hidden.reshape(*x.shape[:2], -1)


INPUTS = {"values": Values, "onehot": OneHot, "embedding": Embedding}

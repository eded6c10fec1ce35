"""Sequence autoencoder: a sequence reconstructed from one vector."""

import jax.numpy as jnp
from flax import nnx
from jax import Array

from jax_impl.pooling import final_hidden
from jax_impl.recurrent import RECURRENT, State
from shared.specs import ModelSpec
from shared.weights.layout import (
    autoencoder_decoder_spec,
    autoencoder_encoder_spec,
    step_size,
)


class StackedRNN(nnx.Module):
    """Recurrent layers, of the encoder or of the decoder."""

    def __init__(self, spec: ModelSpec, rngs: nnx.Rngs):
        self.recurrent = RECURRENT[spec.impl](spec, step_size(spec), rngs)

    def __call__(
        self, x: Array, lengths: Array | None = None
    ) -> tuple[Array, State | None]:
        """Outputs of each step: (B, T, D) -> (B, T, H'), state."""
        return self.recurrent(x, lengths)


class Autoencoder(nnx.Module):
    """Many-to-many reconstruction: (B, T, D) -> (B, T, K)."""

    def __init__(self, spec: ModelSpec, rngs: nnx.Rngs):
        self.spec = spec
        self.encoder = StackedRNN(autoencoder_encoder_spec(spec), rngs)
        self.dropout = nnx.Dropout(spec.dropout, rngs=rngs)
        self.decoder = StackedRNN(autoencoder_decoder_spec(spec), rngs)
        self.head = nnx.Linear(spec.hidden_size, spec.output_size, rngs=rngs)

    def __call__(self, x: Array, lengths: Array | None = None) -> Array:
        """Every decoder step reads the encoder's final hidden state."""
        outputs, state = self.encoder(x, lengths)  # (B, T, H')
        last = final_hidden(outputs, state, lengths, self.spec.bidirectional)
        code = self.dropout(last)  # (B, H')
        copies = jnp.repeat(code[:, None], x.shape[1], axis=1)  # (B, T, H')
        outputs, _ = self.decoder(copies)  # (B, T, H)
        return self.head(outputs)  # (B, T, K)

"""A sequence in, the same sequence back through one vector."""

import jax.numpy as jnp
from flax import nnx
from jax import Array

from jax_impl.device import CURRENT
from jax_impl.recurrent import RECURRENT
from shared.specs import ModelSpec
from shared.weights.layout import (
    autoencoder_decoder_spec,
    autoencoder_encoder_spec,
    step_size,
)


class Half(nnx.Module):
    """Recurrent layers, of the encoder or of the decoder."""

    def __init__(self, spec: ModelSpec, rngs: nnx.Rngs):
        self.recurrent = RECURRENT[spec.layers](spec, step_size(spec), rngs)

    def __call__(self, x: Array, lengths: Array | None = None):
        """Read whole sequences: (B, T, H'), last (B, H')."""
        return self.recurrent(x, lengths)


class Autoencoder(nnx.Module):
    """Many-to-many reconstruction: (B, T, D) -> (B, T, K)."""

    def __init__(self, spec: ModelSpec, rngs: nnx.Rngs):
        self.spec = spec
        self.encoder = Half(autoencoder_encoder_spec(spec), rngs)
        self.dropout = nnx.Dropout(spec.dropout, rngs=rngs)
        self.decoder = Half(autoencoder_decoder_spec(spec), rngs)
        self.head = nnx.Linear(
            spec.hidden_size, spec.output_size, **CURRENT["types"], rngs=rngs
        )

    def __call__(self, x: Array, lengths: Array | None = None) -> Array:
        """Unfold at every step what the last state holds."""
        _, last = self.encoder(x, lengths)  # (B, H')
        code = self.dropout(last)
        copies = jnp.repeat(code[:, None], x.shape[1], axis=1)  # (B, T, H')
        outputs, _ = self.decoder(copies)  # (B, T, H)
        return self.head(outputs)  # (B, T, K)

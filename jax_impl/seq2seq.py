"""Sequence to sequence: encoder, bridge, decoder with attention."""

from typing import NamedTuple

import jax.numpy as jnp
from flax import nnx
from jax import Array

from jax_impl.attention import ATTENTIONS, Memory, attend
from jax_impl.encoder_decoder import Bridge, EmbeddedRNN
from jax_impl.language_model import HEADS
from jax_impl.pooling import final_hidden
from jax_impl.scratch import sequence_mask
from shared.specs import ModelSpec
from shared.weights.seq2seq import INPUT_FEEDING, decoder_spec, encoder_spec


class DecoderState(NamedTuple):
    """The recurrent layers' state and their last outputs (B, 1, H)."""

    state: list
    outputs: Array


# nnx.scan must know what of a module its loop changes: over the steps the
# weights are one, and the dropout's random streams go on.
STATE_AXES = nnx.StateAxes({nnx.RngState: nnx.Carry, ...: None})


class Seq2seq(nnx.Module):
    """Source and decoder input (B, T, 2) -> logits (B, T, V)."""

    def __init__(self, spec: ModelSpec, rngs: nnx.Rngs):
        self.spec, hidden = spec, spec.hidden_size
        self.encoder = EmbeddedRNN(encoder_spec(spec), rngs)
        self.decoder = EmbeddedRNN(decoder_spec(spec), rngs)
        self.bridge = Bridge(spec, rngs)
        self.attention = ATTENTIONS[spec.attention](hidden, rngs)
        if self.attention is not None:
            self.readout = nnx.Linear(
                2 * hidden, hidden, use_bias=False, rngs=rngs
            )
        self.dropout = nnx.Dropout(spec.dropout, rngs=rngs)
        self.head = HEADS[spec.tie_weights](hidden, spec.output_size, rngs=rngs)

    def __call__(
        self,
        x: Array,
        lengths: Array | None = None,
        sample_mask: Array | None = None,
    ) -> Array:
        """Logits of each step, by teacher forcing or scheduled sampling."""
        memory, state = self.encode(x[..., 0], lengths)
        tokens = x[..., 1]  # (B, T)
        if sample_mask is not None:
            return self.decode_with_scheduled_sampling(
                tokens, sample_mask, memory, state
            )
        vectors = self.decoder.embed(tokens)  # (B, T, E)
        if not INPUT_FEEDING[self.spec.attention]:
            return self.logits(self.run_decoder(vectors, memory, state)[0])

        @nnx.scan(in_axes=(STATE_AXES, nnx.Carry, 1), out_axes=(nnx.Carry, 1))
        def step(
            model: Seq2seq, state: DecoderState, vector: Array
        ) -> tuple[DecoderState, Array]:
            features, state = model.run_decoder(vector[:, None], memory, state)
            return state, features[:, 0]

        return self.logits(step(self, state, vectors)[1])

    def decode_with_scheduled_sampling(
        self,
        tokens: Array,
        sample_mask: Array,
        memory: Memory,
        state: DecoderState,
    ) -> Array:
        """Logits (B, T, V); the mask (B, T) puts predictions for tokens."""

        @nnx.scan(
            in_axes=(STATE_AXES, nnx.Carry, 1, 1), out_axes=(nnx.Carry, 1)
        )
        def step(
            model: Seq2seq, carry: tuple, target: Array, sampled: Array
        ) -> tuple[tuple, Array]:
            predicted, state = carry
            read = jnp.where(sampled, predicted, target)  # (B,)
            logits, state = model.step(read[:, None], memory, state)
            predicted = logits[:, 0].argmax(axis=-1).astype(target.dtype)
            return (predicted, state), logits[:, 0]

        return step(self, (tokens[:, 0], state), tokens, sample_mask)[1]

    def encode(
        self, x: Array, lengths: Array | None
    ) -> tuple[Memory, DecoderState]:
        """The memory of a source (B, T), and the decoder's initial state."""
        values, after = self.encoder(x, lengths)  # (B, T, H)
        mask = sequence_mask(x, lengths)
        if mask is None:
            mask = jnp.ones(x.shape, bool)
        keys = values
        if self.attention is not None:
            keys = self.attention.keys(values)  # (B, T, H)
        hidden = final_hidden(values, after, lengths, self.spec.bidirectional)
        layer_states = self.bridge(hidden)
        state = self.decoder.recurrent.state_from(layer_states)
        outputs = layer_states[-1][0][:, None]  # (B, 1, H)
        return Memory(values, keys, mask), DecoderState(state, outputs)

    def run_decoder(
        self, vectors: Array, memory: Memory, state: DecoderState
    ) -> tuple[Array, DecoderState]:
        """Context and outputs, joined: (B, T, E) -> (B, T, 2H), state."""
        recurrent_state, queries = state
        input_feeding = INPUT_FEEDING[self.spec.attention]
        if input_feeding:
            context, _ = attend(self.attention, queries, memory)
            vectors = jnp.concatenate((vectors, context), axis=-1)
        outputs, recurrent_state = self.decoder.recurrent(
            vectors, state=recurrent_state
        )
        state = DecoderState(recurrent_state, outputs[:, -1:])
        if self.attention is None:
            return outputs, state
        if not input_feeding:
            context, _ = attend(self.attention, outputs, memory)
        return jnp.concatenate((context, outputs), axis=-1), state

    def step(
        self, tokens: Array, memory: Memory, state: DecoderState
    ) -> tuple[Array, DecoderState]:
        """One decoder step: tokens (B, 1) -> logits (B, 1, V), state."""
        vectors = self.decoder.embed(tokens)  # (B, 1, E)
        features, state = self.run_decoder(vectors, memory, state)
        return self.logits(features), state

    def logits(self, features: Array) -> Array:
        """Readout and output layer: (B, T, H or 2H) -> (B, T, V)."""
        if self.attention is not None:
            features = jnp.tanh(self.readout(features))  # (B, T, H)
        features = self.dropout(features)
        if self.spec.tie_weights:
            features = self.decoder.input.table.attend(features)
        return self.head(features)

"""A sequence into another: encoder, bridge, attention, decoder."""

from typing import NamedTuple

import jax.numpy as jnp
from flax import nnx
from jax import Array

from jax_impl.attention import ATTENTIONS, Memory, look
from jax_impl.device import CURRENT
from jax_impl.language_model import HEADS
from jax_impl.sides import Bridge, Side
from shared.specs import ModelSpec
from shared.weights.seq2seq import FED, decoder_spec, encoder_spec


class Position(NamedTuple):
    """Where a decoder stands: its state, its last outputs (B, 1, H)."""

    state: list
    outputs: Array


BY_STEPS = nnx.StateAxes({nnx.RngState: nnx.Carry, ...: None})
"""Over the steps of a scan dropout draws on, and weights stay."""


class Seq2seq(nnx.Module):
    """Source and what is read (B, T, 2) -> next symbols (B, T, V)."""

    def __init__(self, spec: ModelSpec, rngs: nnx.Rngs):
        self.spec, hidden, types = spec, spec.hidden_size, CURRENT["types"]
        self.encoder = Side(encoder_spec(spec), rngs)
        self.decoder = Side(decoder_spec(spec), rngs)
        self.bridge = Bridge(spec, rngs)
        self.attention = ATTENTIONS[spec.attention](hidden, rngs)
        if self.attention is not None:
            self.readout = nnx.Linear(
                2 * hidden, hidden, use_bias=False, **types, rngs=rngs
            )
        self.dropout = nnx.Dropout(spec.dropout, rngs=rngs)
        self.head = HEADS[spec.tie_weights](
            hidden, spec.output_size, **types, rngs=rngs
        )

    def __call__(self, x: Array, lengths: Array | None = None) -> Array:
        """Logits of each step; x (B, T, 3) says where the own is read."""
        memory, position = self.encode(x[..., 0], lengths)
        if x.shape[2] > 2:
            return self.by_coins(x, memory, position)
        vectors = self.decoder(x[..., 1])  # (B, T, E)
        if not FED[self.spec.attention]:
            return self.logits(self.read(vectors, memory, position)[0])

        @nnx.scan(in_axes=(BY_STEPS, nnx.Carry, 1), out_axes=(nnx.Carry, 1))
        def step(model: Seq2seq, position: Position, vector: Array):
            seen, position = model.read(vector[:, None], memory, position)
            return position, seen[:, 0]

        return self.logits(step(self, position, vectors)[1])

    def by_coins(self, x: Array, memory: Memory, position: Position):
        """Read at each step what is told, or the likeliest after the last."""

        @nnx.scan(in_axes=(BY_STEPS, nnx.Carry, 1), out_axes=(nnx.Carry, 1))
        def step(model: Seq2seq, carry: tuple, inputs: Array):
            own, position = carry
            symbols = jnp.where(inputs[:, 2] == 1, own, inputs[:, 1])  # (B,)
            logits, position = model.step(symbols[:, None], memory, position)
            own = logits[:, 0].argmax(axis=-1).astype(symbols.dtype)
            return (own, position), logits[:, 0]

        return step(self, (x[:, 0, 1], position), x)[1]

    def encode(self, x: Array, lengths: Array | None):
        """Read a source (B, T): what is looked at, where to start."""
        vectors = self.encoder(x)  # (B, T, E)
        values, last = self.encoder.recurrent(vectors, lengths)
        inside = jnp.ones(x.shape, bool)
        if lengths is not None:
            inside = jnp.arange(x.shape[1]) < lengths[:, None]  # (B, T)
        keys = values
        if self.attention is not None:
            keys = self.attention.keys(values)  # (B, T, H)
        states = self.bridge(last)
        start = self.decoder.recurrent.begin(states)
        outputs = states[-1][0][:, None]  # (B, 1, H)
        return Memory(values, keys, inside), Position(start, outputs)

    def read(self, vectors: Array, memory: Memory, position: Position):
        """Read (B, T, E) on: what was seen (B, T, H or 2H), the position."""
        state, queries = position
        fed = FED[self.spec.attention]
        if fed:
            context, _ = look(self.attention, queries, memory)
            vectors = jnp.concatenate((vectors, context), axis=-1)
        outputs, state = self.decoder.recurrent.resume(vectors, state)
        position = Position(state, outputs[:, -1:])
        if self.attention is None:
            return outputs, position
        if not fed:
            context, _ = look(self.attention, outputs, memory)
        return jnp.concatenate((context, outputs), axis=-1), position

    def step(self, symbols: Array, memory: Memory, position: Position):
        """Read symbols (B, 1): logits (B, 1, V) of the next, the position."""
        vectors = self.decoder(symbols)  # (B, 1, E)
        seen, position = self.read(vectors, memory, position)
        return self.logits(seen), position

    def logits(self, seen: Array) -> Array:
        """The readout, then the head or the table tied to it: (B, T, V)."""
        if self.attention is not None:
            seen = jnp.tanh(self.readout(seen))  # (B, T, H)
        seen = self.dropout(seen)
        if self.spec.tie_weights:
            seen = self.decoder.input.table.attend(seen)
        return self.head(seen)

"""A sequence into another: encoder, bridge, attention, decoder."""

from collections.abc import Callable
from functools import partial
from typing import Any, NamedTuple

import keras
from keras import layers, ops

from keras_impl.attention import ATTENTIONS, Memory, look
from keras_impl.cells import mask_of
from keras_impl.language_model import HEADS
from keras_impl.recurrent import over_time
from keras_impl.sides import Bridge, Side
from shared.specs import ModelSpec
from shared.weights.layout import step_size
from shared.weights.seq2seq import FED, decoder_spec, encoder_spec


class Position(NamedTuple):
    """Where a decoder stands: its state, its last outputs (B, 1, H)."""

    state: list
    outputs: Any


class Seq2seq(keras.Model):
    """Source and what is read (B, T, 2) -> next symbols (B, T, V)."""

    def __init__(self, spec: ModelSpec):
        super().__init__(name=spec.model)
        self.spec, hidden = spec, spec.hidden_size
        self.encoder = Side(encoder_spec(spec), "encoder")
        self.decoder = Side(decoder_spec(spec), "decoder")
        self.decoder.recurrent.prepare(step_size(decoder_spec(spec)))
        self.bridge = Bridge(spec)
        self.attention = ATTENTIONS[spec.attention](hidden)
        if self.attention is not None:
            self.readout = layers.Dense(hidden, use_bias=False, name="readout")
        self.dropout = layers.Dropout(spec.dropout)
        self.head = HEADS[spec.tie_weights](spec.output_size, name="head")

    def call(self, inputs, training=None):
        """Logits of each step; x (B, T, 3) says where the own is read."""
        x, lengths = inputs
        memory, position = self.encode(x[..., 0], lengths, training)
        if x.shape[2] > 2:
            return self.by_coins(x, memory, position, training)
        vectors = self.decoder(x[..., 1], training=training)  # (B, T, E)
        if FED[self.spec.attention]:
            seen = self.by_steps(vectors, memory, position, training)
        else:
            resume = partial(self.decoder.recurrent.resume, training=training)
            seen, _ = self.read(vectors, memory, position, resume)
        return self.logits(seen, partial(self.dropout, training=training))

    def by_steps(self, vectors, memory: Memory, position: Position, training):
        """Read (B, T, E) step by step: what was seen (B, T, 2H)."""
        masks = self.decoder.recurrent.masks(vectors, training)

        def step(inputs: list, states: list):
            vectors, *masks = inputs
            resume = partial(self.decoder.recurrent.step, masks=masks)
            vectors = ops.expand_dims(vectors, 1)  # (B, 1, E)
            seen, after = self.read(vectors, memory, stand(states), resume)
            return seen[:, 0], parts(after)

        return over_time(step, [vectors, *masks], parts(position))

    def by_coins(self, x, memory: Memory, position: Position, training):
        """Read at each step what is told, or the likeliest after the last."""
        told, coins = (
            ops.cast(x[..., n : n + 1], self.compute_dtype) for n in (1, 2)
        )
        ones = ops.ones_like(told)  # (B, T, 1)
        wide = [
            ops.repeat(ones, size, axis=-1)
            for size in (self.spec.embedding_size, self.spec.hidden_size)
        ]
        drops = [
            self.decoder.input_dropout(wide[0], training=training),
            self.dropout(wide[1], training=training),
        ]

        def step(inputs: list, states: list):
            told, coins, of_input, of_head, *masks = inputs
            own, *states = states
            symbols = ops.cast(ops.where(coins == 1, own, told), "int32")
            vectors = self.decoder.input_layer(symbols)  # (B, 1, E)
            resume = partial(self.decoder.recurrent.step, masks=masks)
            seen, after = self.read(
                vectors * ops.expand_dims(of_input, 1),
                *(memory, stand(states), resume),
            )
            drop = partial(ops.multiply, ops.expand_dims(of_head, 1))
            logits = self.logits(seen, drop)  # (B, 1, V)
            own = ops.cast(ops.argmax(logits, axis=-1), told.dtype)
            return logits[:, 0], [own, *parts(after)]

        masks = self.decoder.recurrent.masks(told, training)
        return over_time(
            step, [told, coins, *drops, *masks], [told[:, 0], *parts(position)]
        )

    def encode(self, x, lengths, training=None):
        """Read a source (B, T): what is looked at, where to start."""
        vectors = self.encoder(x, training=training)  # (B, T, E)
        values, last = self.encoder.recurrent(
            vectors, lengths, training=training
        )
        inside = mask_of(x, lengths)
        if inside is None:
            inside = ops.ones_like(x, dtype="bool")
        keys = values
        if self.attention is not None:
            keys = self.attention.keys(values)  # (B, T, H)
        states = self.bridge(last)
        start = self.decoder.recurrent.begin(states)
        outputs = ops.expand_dims(states[-1][0], 1)  # (B, 1, H)
        return Memory(values, keys, inside), Position(start, outputs)

    def read(
        self, vectors, memory: Memory, position: Position, resume: Callable
    ):
        """Read (B, T, E) on: what was seen (B, T, H or 2H), the position."""
        state, queries = position
        fed = FED[self.spec.attention]
        if fed:
            context, _ = look(self.attention, queries, memory)
            vectors = ops.concatenate((vectors, context), axis=-1)
        outputs, state = resume(vectors, state)
        position = Position(state, outputs[:, -1:])
        if self.attention is None:
            return outputs, position
        if not fed:
            context, _ = look(self.attention, outputs, memory)
        return ops.concatenate((context, outputs), axis=-1), position

    def step(self, symbols, memory: Memory, position: Position):
        """Read symbols (B, 1): logits (B, 1, V) of the next, the position."""
        vectors = self.decoder(symbols)  # (B, 1, E)
        resume = self.decoder.recurrent.step
        seen, position = self.read(vectors, memory, position, resume)
        return self.logits(seen, self.dropout), position

    def logits(self, seen, drop: Callable):
        """The readout, then the head or the table tied to it: (B, T, V)."""
        if self.attention is not None:
            seen = ops.tanh(self.readout(seen))  # (B, T, H)
        seen = drop(seen)
        if self.spec.tie_weights:
            table = ops.transpose(self.decoder.input_layer.table)  # (E, V)
            seen = ops.matmul(seen, table)
        return self.head(seen)


def parts(position: Position) -> list:
    """A position as the states of a loop, each (B, H)."""
    return [*position.state, position.outputs[:, 0]]


def stand(states: list) -> Position:
    """The position that a loop has as its states."""
    *state, outputs = states
    return Position(state, ops.expand_dims(outputs, 1))

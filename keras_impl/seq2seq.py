"""Sequence to sequence: encoder, bridge, decoder with attention."""

from functools import partial
from typing import Any, NamedTuple

import keras
import numpy as np
from keras import layers, ops

from keras_impl.attention import ATTENTIONS, Memory, attend
from keras_impl.encoder_decoder import Bridge, EmbeddedRNN
from keras_impl.language_model import HEADS
from keras_impl.pooling import final_hidden
from keras_impl.recurrent import State
from keras_impl.scratch import sequence_mask
from shared.specs import STATE_NAMES, ModelSpec
from shared.weights.layout import step_size
from shared.weights.seq2seq import INPUT_FEEDING, decoder_spec, encoder_spec


class DecoderState(NamedTuple):
    """The recurrent layers' state and their last outputs (B, 1, H)."""

    state: State
    outputs: Any


class DecoderCell(layers.Layer):
    """One step of the decoder for layers.RNN: (B, E) -> (B, H or 2H)."""

    # layers.RNN repeats a cell over one tensor. The masks of dropout between
    # the layers are columns of it: JAX draws nothing at random in a loop.
    def __init__(
        self,
        spec: ModelSpec,
        recurrent: layers.Layer,
        attention: layers.Layer,
        memory: Memory,
    ):
        super().__init__(name="decoder_cell")
        self.recurrent, self.attention = recurrent, attention
        self.memory, self.feeding = memory, INPUT_FEEDING[spec.attention]
        hidden, parts = spec.hidden_size, len(STATE_NAMES[spec.cell])
        self.sizes = [spec.embedding_size, *[hidden] * (spec.num_layers - 1)]
        layer_sizes = [(hidden,) * parts] * spec.num_layers
        self.state_size = [recurrent.state_from(layer_sizes), hidden]
        self.built = True  # its layers are

    def call(self, inputs, states: list) -> tuple[Any, list]:
        """Context and outputs of one step, joined, and the states after."""
        return self.step(split_columns(inputs, self.sizes), states)

    def step(self, inputs: list, states: list) -> tuple[Any, list]:
        """The same of the vectors and each mask of dropout."""
        (vectors, *masks), (state, queries) = inputs, states
        if self.feeding:
            context = self.attend(queries)  # (B, H)
            vectors = ops.concatenate((vectors, context), axis=-1)
        outputs, state = self.recurrent.step(vectors, state, masks)
        if self.attention is None:
            return outputs, [state, outputs]
        if not self.feeding:
            context = self.attend(outputs)
        features = ops.concatenate((context, outputs), axis=-1)
        return features, [state, outputs]

    def attend(self, queries):
        """The context of one query each: (B, H) -> (B, H)."""
        queries = ops.expand_dims(queries, 1)  # (B, 1, H)
        return attend(self.attention, queries, self.memory)[0][:, 0]


class SamplingCell(layers.Layer):
    """The same from tokens, true or predicted, to logits (B, V)."""

    def __init__(self, cell: DecoderCell, model: keras.Model):
        super().__init__(name="sampling_cell")
        self.cell, self.state_size = cell, [1, *cell.state_size]
        self.embed, self.logits = model.decoder.input_layer, model.logits
        self.sizes = [1, 1, model.spec.hidden_size, *cell.sizes]
        self.built = True

    def call(self, inputs, states: list) -> tuple[Any, list]:
        """Embed the token or the prediction, step, predict the next."""
        token, sampled, head_mask, input_mask, *masks = split_columns(
            inputs, self.sizes
        )
        predicted, *states = states
        token = ops.where(sampled == 1, predicted, token)  # (B, 1)
        vectors = self.embed(ops.cast(token, "int32"))[:, 0] * input_mask
        features, states = self.cell.step([vectors, *masks], states)
        logits = self.logits(features, partial(ops.multiply, head_mask))
        predicted = ops.argmax(logits, axis=-1, keepdims=True)
        return logits, [ops.cast(predicted, token.dtype), *states]


# layers.RNN repeats a cell over one tensor.
def split_columns(x, sizes: list[int]) -> list:
    """Blocks of columns of these sizes: (B, Σ) -> each (B, size)."""
    ends = np.cumsum(sizes).tolist()
    return [x[:, end - size : end] for end, size in zip(ends, sizes)]


def dropout_mask(steps, dropout: layers.Dropout, size: int):
    """Dropout masks of the steps (B, T): (B, T, size)."""
    # Drawn before the loop: with JAX under Keras none can be drawn in it.
    ones = ops.ones_like(steps, dtype=dropout.compute_dtype)[..., None]
    return dropout(ops.repeat(ones, size, axis=-1))


class Seq2seq(keras.Model):
    """Source and decoder input (B, T, 2) -> logits (B, T, V)."""

    def __init__(self, spec: ModelSpec):
        super().__init__(name=spec.model)
        self.spec, hidden = spec, spec.hidden_size
        self.encoder = EmbeddedRNN(encoder_spec(spec), "encoder")
        self.decoder = EmbeddedRNN(decoder_spec(spec), "decoder")
        # A symbolic input builds layers that are first called in a loop.
        size = step_size(decoder_spec(spec))
        self.decoder.recurrent(keras.Input((None, size)))
        self.decoder.built = True
        self.bridge = Bridge(spec)
        self.attention = ATTENTIONS[spec.attention](hidden)
        if self.attention is not None:
            self.readout = layers.Dense(hidden, use_bias=False, name="readout")
        self.dropout = layers.Dropout(spec.dropout)
        self.head = HEADS[spec.tie_weights](spec.output_size, name="head")
        self.cell = partial(
            DecoderCell, spec, self.decoder.recurrent, self.attention
        )

    def call(self, inputs: dict, training=None):
        """Logits of each step, by teacher forcing or scheduled sampling."""
        source, tokens = ops.unstack(inputs["x"], axis=-1)  # each (B, T)
        memory, state = self.encode(source, inputs.get("lengths"))
        sample_mask = inputs.get("sample_mask")
        if sample_mask is not None:
            return self.decode_with_scheduled_sampling(
                tokens, sample_mask, memory, state
            )
        vectors = self.decoder.embed(tokens)  # (B, T, E)
        return self.logits(self.run_decoder(vectors, memory, state)[0])

    def decode_with_scheduled_sampling(
        self, tokens, sample_mask, memory: Memory, state: DecoderState
    ):
        """Logits (B, T, V); the mask (B, T) puts predictions for tokens."""
        spec, drop = self.spec, partial(dropout_mask, tokens)
        between = spec.hidden_size * (spec.num_layers - 1)
        inputs = (
            tokens[..., None],
            sample_mask[..., None],
            drop(self.dropout, spec.hidden_size),
            drop(self.decoder.input_dropout, spec.embedding_size),
            drop(self.dropout, between),
        )
        inputs = [ops.cast(part, self.compute_dtype) for part in inputs]
        start = [inputs[0][:, 0], state.state, state.outputs[:, 0]]
        cell = SamplingCell(self.cell(memory), self)
        loop = layers.RNN(cell, return_sequences=True)
        return loop(ops.concatenate(inputs, axis=-1), initial_state=start)

    def encode(self, source, lengths) -> tuple[Memory, DecoderState]:
        """The memory of a source (B, T), and the decoder's initial state."""
        values, after = self.encoder(source, lengths)  # (B, T, H)
        mask = sequence_mask(source, lengths)
        if mask is None:
            mask = ops.ones_like(source, dtype="bool")
        keys = values
        if self.attention is not None:
            keys = self.attention.keys(values)  # (B, T, H)
        hidden = final_hidden(values, after, lengths, self.spec.bidirectional)
        layer_states = self.bridge(hidden)
        state = self.decoder.recurrent.state_from(layer_states)
        outputs = ops.expand_dims(layer_states[-1][0], 1)  # (B, 1, H)
        return Memory(values, keys, mask), DecoderState(state, outputs)

    def run_decoder(
        self, vectors, memory: Memory, state: DecoderState
    ) -> tuple[Any, DecoderState]:
        """Context and outputs, joined: (B, T, E) -> (B, T, 2H), state."""
        if INPUT_FEEDING[self.spec.attention]:
            between = self.spec.hidden_size * (self.spec.num_layers - 1)
            masks = dropout_mask(vectors[..., 0], self.dropout, between)
            loop = layers.RNN(
                self.cell(memory), return_sequences=True, return_state=True
            )
            features, after, outputs = loop(
                ops.concatenate((vectors, masks), axis=-1),
                initial_state=[state.state, state.outputs[:, 0]],
            )
            return features, DecoderState(after, outputs[:, None])
        outputs, after = self.decoder.recurrent(vectors, state=state.state)
        state = DecoderState(after, outputs[:, -1:])
        if self.attention is None:
            return outputs, state  # (B, T, H)
        context, _ = attend(self.attention, outputs, memory)
        return ops.concatenate((context, outputs), axis=-1), state

    def step(
        self, tokens, memory: Memory, state: DecoderState
    ) -> tuple[Any, DecoderState]:
        """One decoder step: tokens (B, 1) -> logits (B, 1, V), state."""
        vectors = self.decoder.embed(tokens)  # (B, 1, E)
        features, state = self.run_decoder(vectors, memory, state)
        return self.logits(features), state

    def logits(self, features, dropout=None):
        """Readout and output layer: (B, T, H or 2H) -> (B, T, V)."""
        if self.attention is not None:
            features = ops.tanh(self.readout(features))  # (B, T, H)
        features = (dropout or self.dropout)(features)
        if self.spec.tie_weights:
            table = ops.transpose(self.decoder.input_layer.table)  # (E, V)
            features = ops.matmul(features, table)
        return self.head(features)

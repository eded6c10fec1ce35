"""What the search for a target asks of a model, and where it looks."""

from functools import lru_cache, partial

import keras
import numpy as np
from keras import ops

from keras_impl.attention import Memory, look
from keras_impl.device import CURRENT
from keras_impl.losses import step_losses
from keras_impl.seq2seq import parts, stand
from shared.batching.chunks import score_in_chunks
from shared.decoding import beam_search
from shared.decoding.options import DecodingOptions, Step
from shared.weights.seq2seq import FED


def decode(
    model: keras.Model,
    x: np.ndarray,
    lengths: np.ndarray,
    rule: DecodingOptions,
) -> np.ndarray:
    """The target of each source (N, T): (N, longest), -1 past its end."""
    with keras.device(CURRENT["device"]):
        steps = partial(begin, model), partial(advance, model)
        return beam_search.decode(
            *steps, x, lengths, rule, model.spec.output_size
        )


def begin(model: keras.Model, x: np.ndarray, lengths: np.ndarray) -> list:
    """Read the sources of a batch."""
    x = x[:, : lengths.max()]
    return encoder_of(model).predict_on_batch((x, lengths))


def advance(
    model: keras.Model,
    state: list,
    rows: np.ndarray,
    symbols: np.ndarray,
    count: int,
) -> Step:
    """Read a symbol each on some rows: the likeliest of the next ones."""
    read = symbols.astype("int32")[:, None]  # (R, 1)
    chosen = [part[rows] for part in state]
    logs, found, *state = decoder_of(model, count).predict_on_batch(
        (read, *chosen)
    )
    return Step(logs, found, [*chosen[:3], *state])


class Encoder(keras.Model):
    """Sources (B, T) and lengths -> memory, then where to start."""

    def __init__(self, model: keras.Model):
        super().__init__(name="encoder_alone")
        self.model = model

    def call(self, inputs):
        """Read the sources."""
        memory, position = self.model.encode(*inputs, training=False)
        return [*memory, *parts(position)]


class Decoder(keras.Model):
    """Symbols (B, 1), memory and position -> the likeliest, the position."""

    def __init__(self, model: keras.Model, count: int):
        super().__init__(name="decoder_alone")
        self.model, self.count = model, count

    def call(self, inputs):
        """Read the symbols."""
        symbols, *state = inputs
        memory, position = Memory(*state[:3]), stand(state[3:])
        logits, position = self.model.step(symbols, memory, position)
        logs = ops.log_softmax(logits[:, 0])
        logs, found = ops.top_k(logs, self.count)
        return [logs, found, *parts(position)]


class Forced(keras.Model):
    """x (B, T, 2), y (B, T) and lengths -> nats and hits (B, T, 2)."""

    def __init__(self, model: keras.Model):
        super().__init__(name="forced")
        self.model = model

    def call(self, inputs):
        """Tell each step its past."""
        x, y, lengths = inputs
        logits = self.model((x, lengths), training=False)
        losses = step_losses(y, logits)
        hits = ops.cast(ops.argmax(logits, axis=-1) == y, losses.dtype)
        return ops.stack((losses, hits), axis=-1)


@lru_cache(maxsize=1)
def encoder_of(model: keras.Model) -> Encoder:
    """The encoder of a model, so that its step is traced once."""
    return Encoder(model)


@lru_cache(maxsize=4)
def decoder_of(model: keras.Model, count: int) -> Decoder:
    """The decoder of a model, so that its step is traced once."""
    return Decoder(model, count)


@lru_cache(maxsize=1)
def forced_by(model: keras.Model) -> Forced:
    """The scorer of a model, so that its step is traced once."""
    return Forced(model)


def forced(
    model: keras.Model, x: np.ndarray, y: np.ndarray, lengths: np.ndarray
) -> np.ndarray:
    """Nats of targets and whether they are the likeliest: (N, T, 2)."""

    def forward(x: np.ndarray, y: np.ndarray, lengths: np.ndarray):
        return forced_by(model).predict_on_batch((x, y, lengths))

    with keras.device(CURRENT["device"]):
        return score_in_chunks(forward, x, y, lengths)


def looks(model: keras.Model, x: np.ndarray, lengths: np.ndarray) -> np.ndarray:
    """Where attention looks at each step that is read: (B, T, T)."""
    found = []
    with keras.device(CURRENT["device"]):
        memory, position = model.encode(x[..., 0], lengths, training=False)
        for t in range(x.shape[1]):
            before = position.outputs
            _, position = model.step(x[:, t : t + 1, 1], memory, position)
            fed = FED[model.spec.attention]
            queries = before if fed else position.outputs
            found.append(look(model.attention, queries, memory)[1])
        return ops.convert_to_numpy(ops.concatenate(found, axis=1))

"""Writing on from a prompt, symbol by symbol."""

from collections.abc import Iterator
from functools import lru_cache

import keras
import numpy as np
from keras import ops

from keras_impl.device import CURRENT, to_device
from shared.decoding.sampling import Sampling


def generate(
    model: keras.Model, prompt: np.ndarray, draws: np.ndarray, rule: Sampling
) -> Iterator[np.ndarray]:
    """What follows a prompt (B, P, ...), by draws (S, B, ...): (B, n, ...)."""
    writer, state = writer_of(model, rule), model.start(len(prompt))
    steps = to_device(np.swapaxes(prompt, 0, 1))  # (P, B, ...)
    *known, read = np.expand_dims(steps, 2)  # each (B, 1, ...)
    with keras.device(CURRENT["device"]):
        for symbols in known:
            inputs = (symbols, to_device(draws[0]), *state)
            _, *state = writer.predict_on_batch(inputs)
        for draw in draws:
            inputs = (read, to_device(draw), *state)
            read, *state = writer.predict_on_batch(inputs)
            yield read


class Writer(keras.Model):
    """One step: symbols (B, 1), draws (B,) and state -> the next ones."""

    def __init__(self, model: keras.Model, rule: Sampling):
        super().__init__(name="writer")
        self.model, self.rule = model, rule

    def call(self, inputs):
        """Read the last symbols, choose those that follow."""
        symbols, draws, *state = inputs
        logits, state = self.model.resume(symbols, state, training=False)
        choose_next = CHOICES[self.model.spec.model]
        found = choose_next(logits[:, -1], draws, self.rule)
        return [ops.expand_dims(found, 1), *state]


@lru_cache(maxsize=8)
def writer_of(model: keras.Model, rule: Sampling) -> Writer:
    """The writer of a model by a rule, so that its step is traced once."""
    return Writer(model, rule)


def choose(logits, draws, rule: Sampling):
    """Draw among the symbols kept: logits (B, V), draws (B,) -> (B,)."""
    if rule.temperature == 0:
        return ops.cast(ops.argmax(logits, axis=-1), "int32")
    count = logits.shape[-1]
    ranked, order = ops.top_k(logits, count)  # equals by their index
    shares = ops.softmax(ranked / rule.temperature)  # (B, V)
    kept = ops.arange(count) < (rule.top_k or count)
    shares = ops.where(kept, shares, 0.0)
    shares = shares / ops.sum(shares, axis=-1, keepdims=True)
    before = ops.cumsum(shares, axis=-1) - shares
    shares = ops.where(before >= rule.top_p, 0.0, shares)
    sums = ops.cumsum(shares, axis=-1)  # (B, V)
    below = sums < ops.expand_dims(draws, -1) * sums[:, -1:]
    places = ops.sum(ops.cast(below, "int32"), axis=-1, keepdims=True)
    found = ops.take_along_axis(order, places, axis=-1)
    return ops.cast(found[:, 0], "int32")


def press(logits, draws, rule: Sampling):
    """Draw each key: logits (B, K), draws (B, K) -> 0 or 1 (B, K)."""
    if rule.temperature == 0:
        return ops.cast(logits > 0, logits.dtype)
    shares = ops.sigmoid(logits / rule.temperature)
    return ops.cast(draws < shares, logits.dtype)


CHOICES = {"language_model": choose, "frame_model": press}

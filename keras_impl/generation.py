"""Generation from a prompt, one token or frame at a time."""

from collections.abc import Iterator

import keras
import numpy as np
from keras import ops

from keras_impl.device import compiled, to_device
from shared.decoding.sampling import Sampling


def generate(
    model: keras.Model,
    prompt: np.ndarray,
    uniforms: np.ndarray,
    sampling: Sampling,
) -> Iterator[np.ndarray]:
    """Continue a prompt (B, P, ...) by uniforms (S, B, ...): (B, n, ...)."""
    x, state = to_device(prompt), model.initial_state(len(prompt))
    step = compiled(sample_next, model, sampling)
    for uniform in to_device(uniforms):
        x, state = step(x, uniform, state)
        yield x


# What Keras compiles for `generate`: tensors in, tensors out.
def sample_next(
    model: keras.Model, sampling: Sampling, x, uniforms, state: list
) -> tuple:
    """Sample the next token from a state: (B, P, ...) -> (B, 1, ...)."""
    logits, state = model.forward_from(x, state)
    sampler = SAMPLERS[model.spec.model]
    x = sampler(logits[:, -1], uniforms, sampling)
    return ops.expand_dims(x, 1), state


def sample(logits, uniforms, sampling: Sampling):
    """Top-k and top-p sampling: logits (B, V), uniforms (B,) -> (B,)."""
    if sampling.temperature == 0:
        return ops.cast(ops.argmax(logits, axis=-1), "int32")
    count = logits.shape[-1]
    ranked, order = ops.top_k(logits, count)  # equals by their index
    probs = ops.softmax(ranked / sampling.temperature)  # (B, V)
    top_k = ops.arange(count) < (sampling.top_k or count)
    probs = ops.where(top_k, probs, 0.0)
    probs = probs / ops.sum(probs, axis=-1, keepdims=True)
    before = ops.cumsum(probs, axis=-1) - probs
    probs = ops.where(before >= sampling.top_p, 0.0, probs)
    sums = ops.cumsum(probs, axis=-1)  # (B, V)
    below = sums < ops.expand_dims(uniforms, -1) * sums[:, -1:]
    ranks = ops.sum(ops.cast(below, "int32"), axis=-1, keepdims=True)
    return ops.cast(ops.take_along_axis(order, ranks, axis=-1)[:, 0], "int32")


def sample_keys(logits, uniforms, sampling: Sampling):
    """Independent keys: logits (B, K), uniforms (B, K) -> 0 or 1 (B, K)."""
    if sampling.temperature == 0:
        return ops.cast(logits > 0, logits.dtype)
    probs = ops.sigmoid(logits / sampling.temperature)
    return ops.cast(uniforms < probs, logits.dtype)


SAMPLERS = {"language_model": sample, "frame_model": sample_keys}

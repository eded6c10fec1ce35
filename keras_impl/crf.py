"""A conditional random field (CRF) over the tags of a sequence.

The score of tags y under emissions e, the outputs of the network, is

    s(y) = a[y_1] + sum_t e_t[y_t] + sum_t A[y_{t-1}, y_t] + z[y_T],

and p(y) = exp(s(y)) / Z, where Z is the sum over all tag sequences (Lafferty
et al. 2001; over a recurrent network Huang et al. 2015, and Lample et al.
2016, eq. 1). The forward algorithm computes log Z, Viterbi's the best tags.
"""

from typing import Any

import keras
import numpy as np
from keras import layers, ops

from keras_impl.device import compiled, to_device
from shared.specs import ModelSpec
from shared.weights.layout import crf_shapes


class ForwardCell(layers.Layer):
    """A step of the forward algorithm, which layers.RNN repeats."""

    # A loop over a varying T that is differentiated: ops.scan fails on
    # TensorFlow, and JAX has no gradient of ops.while_loop.
    def __init__(self, spec: ModelSpec):
        super().__init__(name="cell")
        pairs, *_ = crf_shapes(spec.output_size)
        self.state_size = spec.output_size
        self.transitions = self.add_weight(pairs, "zeros", name="transitions")

    def call(self, emissions, state: list) -> tuple[Any, list]:
        """log of the sum over the tags before: (B, K), [(B, K)] -> both."""
        (alphas,) = state
        pairs = ops.expand_dims(alphas, 2) + self.transitions  # (B, K, K)
        alphas = ops.logsumexp(pairs, axis=1) + emissions
        return alphas, [alphas]


class CRF(layers.Layer):
    """Scores of a tag after another (K, K), of the first, and of the last."""

    def __init__(self, spec: ModelSpec):
        super().__init__(name="crf")
        _, first, last = crf_shapes(spec.output_size)
        cell = ForwardCell(spec)
        self.loop = layers.RNN(cell, return_state=True, name="loop")
        self.transitions = cell.transitions  # from, to
        self.start = self.add_weight(first, "zeros", name="start")
        self.end = self.add_weight(last, "zeros", name="end")
        # The loss calls the loop, the model does not: no input builds these,
        # and on PyTorch a layer that is not built keeps old gradients.
        self.loop.build((None, None, spec.output_size))
        self.build(None)


def crf_nll(targets, outputs, crf: CRF):
    """Mean negative log-likelihood a word: (B, T, K), (B, T), -1: none."""
    mask = targets >= 0  # (B, T)
    scores = path_scores(outputs, targets, crf)
    words = ops.sum(ops.cast(mask, outputs.dtype))
    return ops.sum(log_partition(outputs, mask, crf) - scores) / words


def path_scores(emissions, tags, crf: CRF):
    """The score s of given tags (B, T), -1 past the ends: (B,)."""
    # Of products: on TensorFlow the gradient of ops.take is a list of rows,
    # whose squares Keras adds one by one.
    mask = ops.cast(tags >= 0, emissions.dtype)  # (B, T)
    after = ops.pad(mask[:, 1:], ((0, 0), (0, 1)))
    tags = ops.one_hot(
        ops.maximum(ops.cast(tags, "int32"), 0),
        emissions.shape[-1],
        dtype=emissions.dtype,
    )
    tags = tags * ops.expand_dims(mask, 2)  # (B, T, K)
    last = ops.sum(tags * ops.expand_dims(mask - after, 2), axis=1)  # (B, K)
    pairs = ops.matmul(tags[:, :-1], crf.transitions) * tags[:, 1:]
    total = ops.sum(tags * emissions, axis=(1, 2))
    total += ops.sum(pairs, axis=(1, 2))
    ends = tags[:, 0] * crf.start + last * crf.end  # (B, K)
    return total + ops.sum(ends, axis=1)


def log_partition(emissions, mask, crf: CRF):
    """log Z by the forward algorithm: (B, T, K), (B, T) -> (B,)."""
    first = crf.start + emissions[:, 0]  # (B, K)
    later = ops.arange(ops.shape(mask)[1]) > 0  # (T,)
    # The state, not the output: that of a masked first step is 0.
    _, alphas = crf.loop(
        emissions, initial_state=[first], mask=ops.logical_and(mask, later)
    )
    return ops.logsumexp(alphas + crf.end, axis=1)


def viterbi(
    model: keras.Model,
    emissions: np.ndarray,
    lengths: np.ndarray,
    allowed: np.ndarray,
) -> np.ndarray:
    """The best allowed tags under emissions (N, T, K): (N, T), -1 past ends."""
    # ops.scan needs a constant T: multiples of 32 are compiled, few in all.
    count = emissions.shape[1]
    more = -count % 32
    padded = np.pad(to_device(emissions), [(0, 0), (0, more), (0, 0)])
    decode = compiled(best_tags, model.crf, count + more)
    return decode(padded, lengths, allowed)[:, :count]


def best_tags(crf: CRF, count: int, emissions, lengths, allowed):
    """Viterbi's algorithm; allowed: whether a tag may follow, or begin."""
    transitions, start = map(
        ops.convert_to_tensor, (crf.transitions, crf.start)
    )
    transitions = ops.where(allowed[:-1], transitions, -np.inf)
    first = ops.where(allowed[-1], start, -np.inf) + emissions[:, 0]

    def advance(best, inputs: tuple) -> tuple:
        emission, mask = inputs
        new = ops.max(ops.expand_dims(best, 2) + transitions, axis=1)
        best = ops.where(mask[:, None], new + emission, best)
        return best, best

    def go_back(tags, inputs: tuple) -> tuple:
        best, mask = inputs
        scores = best + ops.take(ops.transpose(transitions), tags, axis=0)
        before = ops.cast(ops.argmax(scores, axis=1), "int32")
        tags = ops.where(mask, before, tags)
        return tags, tags

    steps = ops.expand_dims(ops.arange(count, dtype="int32"), 1)
    mask = steps < lengths  # (T, N)
    later = ops.transpose(emissions, (1, 0, 2))[1:], mask[1:]
    last, best = ops.scan(advance, first, later)  # (N, K), (T - 1, N, K)
    last = ops.cast(ops.argmax(last + crf.end, axis=1), "int32")  # (N,)
    best = ops.concatenate((first[None], best[:-1]))
    _, tags = ops.scan(go_back, last, (best, mask[1:]), reverse=True)
    path = ops.concatenate((tags, last[None]))  # (T, N)
    return ops.transpose(ops.where(mask, path, -1))

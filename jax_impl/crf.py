"""A conditional random field (CRF) over the tags of a sequence.

The score of tags y under emissions e, the outputs of the network, is

    s(y) = a[y_1] + sum_t e_t[y_t] + sum_t A[y_{t-1}, y_t] + z[y_T],

and p(y) = exp(s(y)) / Z, where Z is the sum over all tag sequences (Lafferty
et al. 2001; over a recurrent network Huang et al. 2015, and Lample et al.
2016, eq. 1). The forward algorithm computes log Z, Viterbi's the best tags.
"""

import jax.numpy as jnp
import numpy as np
from flax import nnx
from jax import Array, lax
from jax.nn import logsumexp

from jax_impl.device import CURRENT
from shared.specs import ModelSpec
from shared.weights.layout import crf_shapes


class CRF(nnx.Module):
    """Scores of a tag after another (K, K), of the first, and of the last."""

    def __init__(self, spec: ModelSpec):
        pairs, first, last = crf_shapes(spec.output_size)
        self.transitions = nnx.Param(jnp.zeros(pairs))  # from, to
        self.start = nnx.Param(jnp.zeros(first))
        self.end = nnx.Param(jnp.zeros(last))


def crf_nll(outputs: Array, targets: Array, crf: CRF) -> Array:
    """Mean negative log-likelihood a word: (B, T, K), (B, T), -1: none."""
    mask = targets >= 0  # (B, T)
    scores = path_scores(outputs, targets, crf)
    return (log_partition(outputs, mask, crf) - scores).sum() / mask.sum()


def path_scores(emissions: Array, tags: Array, crf: CRF) -> Array:
    """The score s of given tags (B, T), -1 past the ends: (B,)."""
    mask = tags >= 0
    rows, last = jnp.arange(len(tags)), mask.sum(axis=1) - 1  # (B,)
    steps = jnp.take_along_axis(emissions, tags[..., None], axis=2)[..., 0]
    pairs = crf.transitions[tags[:, :-1], tags[:, 1:]]  # (B, T - 1)
    total = steps.sum(axis=1, where=mask)
    total += pairs.sum(axis=1, where=mask[:, 1:])
    return crf.start[tags[:, 0]] + total + crf.end[tags[rows, last]]


def log_partition(emissions: Array, mask: Array, crf: CRF) -> Array:
    """log Z by the forward algorithm: (B, T, K), (B, T) -> (B,)."""

    def step(alphas: Array, inputs: tuple) -> tuple[Array, None]:
        emission, mask = inputs
        pairs = alphas[:, :, None] + crf.transitions  # (B, K, K)
        new = logsumexp(pairs, axis=1) + emission
        return jnp.where(mask[:, None], new, alphas), None

    later = emissions[:, 1:].swapaxes(0, 1), mask[:, 1:].T  # (T - 1, B, ...)
    alphas, _ = lax.scan(step, crf.start + emissions[:, 0], later)  # (B, K)
    return logsumexp(alphas + crf.end, axis=1)


def viterbi(
    model: nnx.Module,
    emissions: np.ndarray,
    lengths: np.ndarray,
    allowed: np.ndarray,
) -> np.ndarray:
    """The best allowed tags under emissions (N, T, K): (N, T), -1 past ends."""
    emissions = emissions.astype(CURRENT["dtype"])
    return np.asarray(best_tags(model.crf, emissions, lengths, allowed))


@nnx.jit
def best_tags(
    crf: CRF, emissions: Array, lengths: Array, allowed: Array
) -> Array:
    """Viterbi's algorithm; allowed: whether a tag may follow, or begin."""
    transitions = jnp.where(allowed[:-1], crf.transitions[...], -jnp.inf)
    first = jnp.where(allowed[-1], crf.start[...], -jnp.inf) + emissions[:, 0]
    same = jnp.arange(len(transitions))  # (K,)

    def advance(best: Array, inputs: tuple) -> tuple[Array, Array]:
        emission, mask = inputs
        scores = best[:, :, None] + transitions  # (N, K, K)
        new, before = scores.max(axis=1) + emission, scores.argmax(axis=1)
        best = jnp.where(mask[:, None], new, best)
        return best, jnp.where(mask[:, None], before, same)

    def go_back(tags: Array, before: Array) -> tuple[Array, Array]:
        tags = jnp.take_along_axis(before, tags[:, None], axis=1)[:, 0]
        return tags, tags

    mask = jnp.arange(emissions.shape[1]) < lengths[:, None]  # (N, T)
    later = emissions[:, 1:].swapaxes(0, 1), mask[:, 1:].T  # (T - 1, N, ...)
    best, pointers = lax.scan(advance, first, later)
    last = (best + crf.end).argmax(axis=1)  # (N,)
    _, tags = lax.scan(go_back, last, pointers, reverse=True)  # (T - 1, N)
    path = jnp.concatenate((tags, last[None])).T  # (N, T)
    return jnp.where(mask, path, -1).astype(jnp.int32)

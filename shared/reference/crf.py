"""A conditional random field in numpy, one sequence at a time.

The score of tags y is a[y_1] + sum_t e_t[y_t] + sum_t A[y_{t-1}, y_t] + z[y_T]
(Lafferty et al. 2001; Lample et al. 2016, eq. 1). The gradient of log Z is the
marginal probability of what a score counts, from the forward and the backward
recursion.
"""

from typing import Any

import numpy as np

from shared.specs import CRF_WEIGHTS, Array, ModelSpec, Weights


def crf_weights(spec: ModelSpec, weights: Weights) -> tuple[Array, ...]:
    """What the loss of a model reads besides its outputs: A, a, z, if any."""
    return tuple(weights[name] for name in CRF_WEIGHTS) if spec.crf else ()


def crf_nll(
    outputs: Array, targets: Array, transitions: Array, start: Array, end: Array
) -> tuple[Any, ...]:
    """Negative log-likelihood of tags (B, T), -1 past ends, per word.

    Its gradients by the outputs (B, T, K) and by A, a, z. The sum over the
    sequences is divided by their words, so that with zero A, a, z it is the
    masked cross-entropy.
    """
    words = np.sum(targets >= 0)
    loss, d_outputs = 0.0, np.zeros(outputs.shape)
    d_transitions, d_start, d_end = map(
        np.zeros, (transitions.shape, start.shape, end.shape)
    )
    for row, tags in enumerate(targets):
        tags = tags[tags >= 0]
        emissions = outputs[row, : len(tags)]  # (n, K)
        alphas, betas = recursions(emissions, transitions, start, end)
        log_z = float(log_sum(alphas[-1] + end, axis=0))
        loss += log_z - path_score(emissions, tags, transitions, start, end)
        # Expected minus observed counts.
        singles = np.exp(alphas + betas - log_z)  # (n, K)
        singles[np.arange(len(tags)), tags] -= 1.0
        pairs = np.exp(
            (alphas[:-1, :, None] + transitions)
            + (emissions + betas)[1:, None]
            - log_z
        )  # (n - 1, K, K)
        pairs[np.arange(len(pairs)), tags[:-1], tags[1:]] -= 1.0
        d_outputs[row, : len(tags)] = singles
        d_transitions += pairs.sum(axis=0)
        d_start += singles[0]
        d_end += singles[-1]
    gradients = (d_outputs, d_transitions, d_start, d_end)
    return (loss / words, *(gradient / words for gradient in gradients))


def recursions(
    emissions: Array, transitions: Array, start: Array, end: Array
) -> tuple[Array, Array]:
    """Log-sums over the tags up to each step, and after it: (n, K) each."""
    alphas = np.zeros(emissions.shape)
    betas = np.zeros(emissions.shape)
    alphas[0], betas[-1] = start + emissions[0], end
    for step in range(1, len(emissions)):
        before = alphas[step - 1][:, None] + transitions  # (K, K)
        alphas[step] = log_sum(before, axis=0) + emissions[step]
        after = transitions + emissions[-step] + betas[-step]
        betas[-step - 1] = log_sum(after, axis=1)
    return alphas, betas


def path_score(
    emissions: Array, tags: Array, transitions: Array, start: Array, end: Array
) -> float:
    """The score of tags (n,)."""
    inside = emissions[np.arange(len(tags)), tags].sum()
    pairs = transitions[tags[:-1], tags[1:]].sum()
    return float(start[tags[0]] + inside + pairs + end[tags[-1]])


def log_sum(values: Array, axis: int) -> Array:
    """log of the sum of exponentials, without overflow."""
    largest = values.max(axis=axis, keepdims=True)
    total = np.exp(values - largest).sum(axis=axis)
    return np.asarray(np.log(total) + largest.squeeze(axis))


def viterbi(
    spec: ModelSpec,
    weights: Weights,
    emissions: Array,
    lengths: Array,
    allowed: Array,
) -> Array:
    """The best tags: (N, T, K) -> (N, T) int32, -1 past ends (Viterbi 1967).

    allowed: (K + 1, K), whether a tag may follow another; last row: begin.
    """
    transitions, start, end = crf_weights(spec, weights)
    transitions = np.where(allowed[:-1], transitions, -np.inf)
    start = np.where(allowed[-1], start, -np.inf)
    paths = np.full(emissions.shape[:2], -1, np.int32)
    for path, steps, length in zip(paths, emissions, lengths, strict=True):
        best, pointers = start + steps[0], []
        for step in steps[1:length]:
            scores = best[:, None] + transitions  # (K, K)
            pointers.append(scores.argmax(axis=0))
            best = scores.max(axis=0) + step
        tag = int((best + end).argmax())
        for place in range(length - 1, -1, -1):
            path[place] = tag
            if place:
                tag = int(pointers[place - 1][tag])
    return paths

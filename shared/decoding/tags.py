"""The best tags of a CRF as logits, of which a task takes the largest."""

import numpy as np

from shared.specs import CRF_WEIGHTS, Array, Weights

FORBIDDEN = -1e4
"""Added to the score of a tag that may not occur: its probability is 0."""


def path_logits(
    emissions: Array, tags: Array, weights: Weights, allowed: Array
) -> Array:
    """Scores (N, T, K) of each tag between its neighbors in the best tags.

    Their softmax is the probability of a word's tag given the sentence and the
    best tags of all other words; the largest is that of the best tag.

    emissions: (N, T, K); tags: (N, T), -1 past ends, where emissions remain;
    allowed: (K + 1, K), see `shared.text.schemes.allowed_transitions`.
    """
    transitions, start, end = (weights[name] for name in CRF_WEIGHTS)
    transitions = transitions + np.where(allowed[:-1], 0.0, FORBIDDEN)
    first = start + np.where(allowed[-1], 0.0, FORBIDDEN)
    mask = tags >= 0  # (N, T)
    pairs = mask[:, 1:, None]
    last = mask & ~np.pad(mask[:, 1:], [(0, 0), (0, 1)])
    scores = emissions + end * last[..., None]
    scores[:, 0] += first
    scores[:, 1:] += transitions[tags[:, :-1]] * pairs
    scores[:, :-1] += transitions.T[tags[:, 1:]] * pairs
    scores = scores.astype(emissions.dtype)
    # Sums in another order than Viterbi's may round to another tag.
    rows = np.nonzero(mask & (scores.argmax(axis=2) != tags))
    largest = scores[rows].max(axis=1)
    scores[(*rows, tags[rows])] = np.nextafter(largest, np.inf)
    return np.asarray(scores)

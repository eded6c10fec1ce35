"""Connectionist temporal classification in numpy: forward and backward sums.

Graves, Fernández, Gomez and Schmidhuber 2006, whose equation numbers follow.
A path gives each of T frames a class; without repetitions, then without blanks,
it is a labeling, whose probability is the sum over its paths.
"""

import numpy as np

from shared.reference.softmax import log_softmax
from shared.specs import Array
from shared.specs.ctc import BLANK, label_sequences


def ctc(outputs: Array, targets: Array) -> tuple[float, Array]:
    """Mean over B of -log p(labels | frames), and its gradient.

    Logits (B, T, K), targets (B, 1 + U) as in `shared.specs.ctc` ->
    (), (B, T, K). Infinite where no path of the frames has the labels.
    """
    total, gradient = 0.0, np.zeros(outputs.shape)
    for row, (frames, labels) in enumerate(label_sequences(targets)):
        loss, gradient[row, :frames] = sequence_loss(
            outputs[row, :frames], labels
        )
        total += loss
    return total / len(outputs), gradient / len(outputs)


def sequence_loss(logits: Array, labels: Array) -> tuple[float, Array]:
    """-log p(labels) under logits (T, K), and its gradient (T, K), eq. 16.

    The gradient by a logit is the softmax less the share of the probability
    that passes through its class at that frame.
    """
    extended = with_blanks(labels)  # (S,)
    log_probs = log_softmax(logits)  # (T, K)
    emitted = log_probs[:, extended]  # (T, S)
    ahead = forward_sums(emitted, extended)
    behind = forward_sums(emitted[::-1, ::-1], extended[::-1])[::-1, ::-1]
    through = ahead + behind - emitted  # (T, S), both count the frame
    total = np.logaddexp.reduce(ahead[-1, -2:])
    shares = np.zeros(logits.shape)
    if np.isfinite(total):
        np.add.at(shares.T, extended, np.exp(through - total).T)
    return -float(total), np.exp(log_probs) - shares


def with_blanks(labels: Array) -> Array:
    """A blank before, between and after the labels: (U,) -> (2U + 1,)."""
    extended = np.full(2 * len(labels) + 1, BLANK)
    extended[1::2] = labels
    return extended


def forward_sums(emitted: Array, extended: Array) -> Array:
    """log α of each frame and place, eqs. 5 to 8: (T, S) -> (T, S).

    A place is entered from itself, from the one before, and, past a blank
    between two different labels, from the one before that.
    """
    skipped = np.zeros(len(extended), bool)
    skipped[2:] = (extended[2:] != BLANK) & (extended[2:] != extended[:-2])
    sums = np.full(emitted.shape, -np.inf)
    sums[0, :2] = emitted[0, :2]
    for t in range(1, len(emitted)):
        before = np.concatenate([[-np.inf, -np.inf], sums[t - 1]])
        skips = np.where(skipped, before[:-2], -np.inf)
        entered = np.logaddexp(before[2:], before[1:-1])
        sums[t] = np.logaddexp(entered, skips) + emitted[t]
    return sums

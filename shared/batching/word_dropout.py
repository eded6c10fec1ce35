"""Words that training reads as unknown, the same in all frameworks."""

import numpy as np

from shared.specs import Array, TrainSpec

UNKNOWN = 1
"""The index of the unknown word; that of padding is 0."""


def drop_words(x: Array, spec: TrainSpec, epoch: int, number: int) -> Array:
    """A batch (B, T, 1 + C) some of whose words are unknown.

    Its shape and characters remain, so that a model learns to tag a word by
    these and by its context (Iyyer et al. 2015, section 3.1, for word dropout).
    """
    if not spec.word_dropout:
        return x
    rng = np.random.default_rng([spec.seed, 4, epoch, number])
    dropped = rng.random(x.shape[:2]) < spec.word_dropout
    x = x.copy()
    x[..., 0][dropped & (x[..., 0] > 0)] = UNKNOWN
    return x

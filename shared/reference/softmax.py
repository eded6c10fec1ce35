"""The softmax in numpy."""

import numpy as np

from shared.specs import Array


def log_softmax(logits: Array) -> Array:
    """Log-probabilities over the last axis, without overflow."""
    shifted = logits - logits.max(axis=-1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))

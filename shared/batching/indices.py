"""Indices that a long text holds in few bytes, as models take them."""

import numpy as np


def as_indices(array: np.ndarray) -> np.ndarray:
    """Indices (N,) or (N, T) as int32; what is no index stays as it is.

    Keys that sound (N, T, K) are int8, and no indices.
    """
    if array.ndim > 2 or array.dtype not in (np.int8, np.int16):
        return array
    return array.astype(np.int32)

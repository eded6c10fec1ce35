"""Random examples of each kind on which implementations are gated."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

BATCH, STEPS, FEATURES, INDICES = 6, 7, 3, 8
EMBEDDING, HIDDEN, OUTPUTS = 4, 5, 4
CHARACTERS, SPELLING = 6, 4
LENGTHS = (4, 1, STEPS, 2, 6, 5)


def _values(rng: np.random.Generator, present: np.ndarray) -> np.ndarray:
    """Values (N, T, D), 0 past the ends."""
    values = rng.normal(size=(*present.shape, FEATURES)).astype("f4")
    return values * present[:, :, None]


def _indices(rng: np.random.Generator, present: np.ndarray) -> np.ndarray:
    """Indices (N, T), 0 past the ends."""
    indices = rng.integers(1, INDICES, present.shape, dtype=np.int32)
    return indices * present


def _words(rng: np.random.Generator, present: np.ndarray) -> np.ndarray:
    """Indices and characters (N, T, 1 + C); words of 1 to C characters."""
    shape = (*present.shape, SPELLING)
    spelt = rng.integers(1, CHARACTERS, shape, dtype=np.int32)
    ends = rng.integers(1, SPELLING + 1, present.shape)
    spelt *= np.arange(SPELLING) < ends[:, :, None]
    words = np.concatenate([_indices(rng, present)[:, :, None], spelt], 2)
    return words * present[:, :, None]


def _pairs(rng: np.random.Generator, present: np.ndarray) -> np.ndarray:
    """Sources and decoder inputs (N, T, 2)."""
    read = rng.integers(0, INDICES, present.shape, dtype=np.int32)
    return np.stack([_indices(rng, present), read], axis=2)


def _classes(
    rng: np.random.Generator, present: np.ndarray, outputs: int
) -> np.ndarray:
    """Classes (N,); one logit has two."""
    return rng.integers(0, max(2, outputs), len(present), np.int32)


def _tags(
    rng: np.random.Generator, present: np.ndarray, outputs: int
) -> np.ndarray:
    """Tags (N, T), -1 past the ends."""
    tags = rng.integers(0, outputs, present.shape, np.int32)
    return np.where(present, tags, np.int32(-1))


def _keys(
    rng: np.random.Generator, present: np.ndarray, outputs: int
) -> np.ndarray:
    """Keys (N, T, K), 0 or 1, -1 past the ends."""
    keys = rng.integers(0, 2, (*present.shape, outputs), np.int8)
    return np.where(present[..., None], keys, np.int8(-1))


EXAMPLES: dict[str, Callable[[np.random.Generator, np.ndarray], np.ndarray]] = {
    "forecaster": _values,
    "classifier": _indices,
    "classifier values": _values,
    "tagger": _words,
    "language_model": _indices,
    "frame_model": _values,
    "seq2seq": _pairs,
    "autoencoder": _values,
}
TARGETS: dict[
    str, Callable[[np.random.Generator, np.ndarray, int], np.ndarray]
] = {
    "squared_error": lambda rng, present, outputs: rng.normal(
        size=(len(present), outputs)
    ).astype("f4"),
    "autoencoder": lambda rng, present, outputs: rng.normal(
        size=(*present.shape, outputs)
    ).astype("f4"),
    "cross_entropy": _classes,
    "binary_cross_entropy": _classes,
    "masked_cross_entropy": _tags,
    "frame_cross_entropy": _keys,
}

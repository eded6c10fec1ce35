"""Which examples stand in which batch: the same for every framework."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator

import numpy as np

from shared.errors import SpecError
from shared.specs import Split, TrainSpec

POOL = 32
"""Batches among which examples of like length are gathered."""

CHUNK = 256
"""Examples that one call of a forward pass takes when predicting."""


def batch_indices(
    num_examples: int,
    batch_size: int,
    epoch: int,
    seed: int,
    lengths: np.ndarray | None = None,
) -> np.ndarray:
    """The order of one epoch: (S, B) int64, the incomplete batch left out.

    With lengths (N,), examples of like length share a batch: the shuffled
    order is sorted within pools of batches, then the batches are shuffled.
    """
    steps = num_examples // batch_size
    if steps == 0:
        raise SpecError(
            f"batch_size {batch_size} is more than the {num_examples} "
            "examples of the training split"
        )
    rng = np.random.default_rng([seed, 2, epoch])
    order = rng.permutation(num_examples)[: steps * batch_size]
    if lengths is None:
        return order.reshape(steps, batch_size)
    size = POOL * batch_size
    pools = (order[i : i + size] for i in range(0, len(order), size))
    ordered = [pool[np.argsort(lengths[pool], kind="stable")] for pool in pools]
    batches = np.concatenate(ordered).reshape(steps, batch_size)
    return rng.permutation(batches)


def bucket(length: int, longest: int) -> int:
    """The padded length of a batch: the next quarter of the longest."""
    quarter = -(-longest // 4)
    return min(longest, -(-length // quarter) * quarter)


def epoch_batches(split: Split, spec: TrainSpec, epoch: int) -> Iterator[Split]:
    """The batches of one epoch, each cut to its bucket's length."""
    count = len(split.x)
    order = batch_indices(
        count, spec.batch_size, epoch, spec.seed, split.lengths
    )
    for rows in order:
        yield take(split, rows)


def take(split: Split, rows: np.ndarray) -> Split:
    """The examples of these rows, cut to their bucket's length."""
    x, y, lengths = split
    if lengths is None:
        return Split(x[rows], y[rows], None)
    steps = bucket(int(lengths[rows].max()), x.shape[1])
    tags = y.ndim == 2 and y.dtype.kind == "i"  # of each step
    targets = y[rows, :steps] if tags else y[rows]
    return Split(x[rows, :steps], targets, lengths[rows])


def steps_per_epoch(split: Split, spec: TrainSpec) -> int:
    """The number of batches S of an epoch."""
    return len(split.x) // spec.batch_size


def batches_hash(split: Split, spec: TrainSpec, epochs: int) -> str:
    """A digest of the order of all epochs, for the record."""
    digest = hashlib.sha256()
    for epoch in range(epochs):
        order = batch_indices(
            len(split.x), spec.batch_size, epoch, spec.seed, split.lengths
        )
        digest.update(order.astype("<i8").tobytes())
    return digest.hexdigest()[:16]


def predict_in_chunks(
    forward: Callable[[np.ndarray, np.ndarray | None], np.ndarray],
    x: np.ndarray,
    lengths: np.ndarray | None,
) -> np.ndarray:
    """Apply forward to chunks of one size and join the outputs (N, K).

    The last chunk is filled up with the first examples, so that a compiled
    forward pass meets a single shape.
    """
    count = len(x)
    size = min(count, CHUNK)
    outputs = []
    for start in range(0, count, size):
        rows = np.arange(start, start + size) % count
        chunk = None if lengths is None else lengths[rows]
        outputs.append(forward(x[rows], chunk))
    return np.concatenate(outputs)[:count]

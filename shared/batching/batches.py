"""Which examples stand in which batch: the same for every framework."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextvars import ContextVar
from functools import lru_cache

import numpy as np

from shared.batching.scheduled_sampling import draw_sample_mask, samples
from shared.batching.tbptt import stream_indices
from shared.errors import SpecError
from shared.specs import Batch, Split, TrainSpec

POOL = 32
"""Batches among which examples of like length are gathered."""


Watcher = Callable[[int, int], None]
watcher: ContextVar[Watcher] = ContextVar(
    "watcher", default=lambda epoch, number: None
)
"""Is told the epoch and number of each batch that a training takes."""


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


def bucket_ends(lengths: np.ndarray, buckets: int) -> np.ndarray:
    """The few lengths (at most `buckets`,) to which batches are padded.

    Of all choices of so many the one with the fewest padded positions over
    the examples; the last is the longest. The same in every epoch.
    """
    return _bucket_ends(np.asarray(lengths, dtype="<i4").tobytes(), buckets)


class EpochBatches:
    """The batches of one epoch by number, each cut to its bucket's length."""

    def __init__(self, split: Split, spec: TrainSpec, epoch: int) -> None:
        self.split, self.spec, self.epoch = split, spec, epoch
        self.order, needed = _ordered(split, spec, epoch)  # (S, B)
        self.steps = np.full(len(self.order), split.x.shape[1])  # (S,)
        if needed is not None:
            ends = bucket_ends(needed, spec.num_buckets)
            self.steps = _steps(needed, self.order, ends)

    def __len__(self) -> int:
        return len(self.order)

    def __getitem__(self, number: int) -> Batch:
        (x, y, lengths), rows = self.split, self.order[number]
        steps = self.steps[number]
        targets = y[rows, :steps] if has_steps(y) else y[rows]
        shape = (len(rows), int(steps))
        return Batch(
            x[rows, :steps],
            targets,
            None if lengths is None else lengths[rows],
            draw_sample_mask(shape, self.spec, self.epoch, number),
        )


def epoch_batches(split: Split, spec: TrainSpec, epoch: int) -> Iterator[Batch]:
    """The batches of one epoch, each cut to its bucket's length."""
    batches = EpochBatches(split, spec, epoch)
    for number in range(len(batches)):
        watcher.get()(epoch, number)
        yield batches[number]


def epoch_sample_masks(
    split: Split, spec: TrainSpec, epoch: int
) -> np.ndarray | None:
    """The sample masks of an epoch's batches uncut: (S, B, T), or None."""
    if not samples(spec):
        return None
    order, needed = _ordered(split, spec, epoch)
    masks = np.zeros((*order.shape, split.x.shape[1]), bool)
    widths = np.full(len(order), split.x.shape[1])
    if needed is not None:
        widths = _steps(needed, order, bucket_ends(needed, spec.num_buckets))
    for number, width in enumerate(widths.tolist()):
        shape = (order.shape[1], width)
        masks[number, :, :width] = draw_sample_mask(shape, spec, epoch, number)
    return masks


def padding_share(split: Split, spec: TrainSpec, epoch: int) -> float:
    """The share of an epoch's positions that are padding, 0 to 1."""
    order, needed = _ordered(split, spec, epoch)
    if needed is None:
        return 0.0
    ends = bucket_ends(needed, spec.num_buckets)
    positions = _steps(needed, order, ends).sum() * spec.batch_size
    return float(1.0 - needed[order].sum() / positions)


def has_steps(y: np.ndarray) -> bool:
    """Whether there is a target for each step, not for each example."""
    return y.ndim > 1 and y.dtype.kind == "i"


def steps_needed(split: Split) -> np.ndarray:
    """The steps of each example: the longer of source and target (N,)."""
    lengths = np.asarray(split.lengths)
    if not has_steps(split.y):
        return lengths
    told = split.y.reshape(*split.y.shape[:2], -1) >= 0  # (N, T, 1 or K)
    written: np.ndarray = told.any(axis=2).sum(axis=1)
    return np.maximum(lengths, written).astype(np.int32)


def steps_per_epoch(split: Split, spec: TrainSpec) -> int:
    """The number of batches S of an epoch."""
    return len(split.x) // spec.batch_size


def batches_hash(split: Split, spec: TrainSpec, epochs: int) -> str:
    """A digest of the order of all epochs, for the record."""
    digest = hashlib.sha256()
    for epoch in range(epochs):
        order = epoch_order(split, spec, epoch)
        digest.update(order.astype("<i8").tobytes())
    return digest.hexdigest()[:16]


def epoch_order(split: Split, spec: TrainSpec, epoch: int) -> np.ndarray:
    """The order of one epoch of a training: (S, B)."""
    return _ordered(split, spec, epoch)[0]


def _ordered(
    split: Split, spec: TrainSpec, epoch: int
) -> tuple[np.ndarray, np.ndarray | None]:
    """The same, and the steps that each example needs (N,), if they differ."""
    count, size = len(split.x), spec.batch_size
    needed = None if split.lengths is None else steps_needed(split)
    if spec.stateful:
        return stream_indices(count, size), needed
    return batch_indices(count, size, epoch, spec.seed, needed), needed


def _steps(
    lengths: np.ndarray, order: np.ndarray, ends: np.ndarray
) -> np.ndarray:
    """The padded length of each batch of an order (S, B): (S,)."""
    steps: np.ndarray = ends[np.searchsorted(ends, lengths[order].max(axis=1))]
    return steps


@lru_cache(maxsize=8)
def _bucket_ends(content: bytes, buckets: int) -> np.ndarray:
    """Dynamic programming over the distinct lengths, as int32 bytes.

    With one bucket more, the examples up to some length keep their best
    buckets, and the longer ones share the new one.
    """
    found, counts = np.unique(np.frombuffer(content, "<i4"), return_counts=True)
    below = np.concatenate([[0], np.cumsum(counts)])  # examples up to a place
    # Of the examples up to each place: least positions, and the ends for it.
    least: list[int] = [0, *(below[1:] * found).tolist()]
    ends: list[tuple[int, ...]] = [(), *((int(end),) for end in found)]
    for _ in range(buckets - 1):
        fewer, longer = np.array(least), ends
        least, ends = [0], [()]
        for place, end in enumerate(found.tolist(), 1):
            totals = fewer[:place] + end * (below[place] - below[:place])
            start = int(totals.argmin())
            least.append(totals[start])
            ends.append((*longer[start], end))
    return np.array(ends[-1])

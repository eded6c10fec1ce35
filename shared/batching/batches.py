"""Which examples are in which batch: the same for every framework."""

from collections.abc import Callable, Iterator
from contextvars import ContextVar

import numpy as np

from shared.batching.buckets import bucket_ends, has_steps, steps_needed
from shared.batching.indices import as_indices
from shared.batching.scheduled_sampling import draw_sample_mask, samples
from shared.batching.tbptt import stream_indices
from shared.batching.word_dropout import drop_words
from shared.errors import SpecError
from shared.specs import Batch, Split, TrainSpec

POOL = 32
"""Batches among which examples of like length are gathered."""

batch_monitor: ContextVar[Callable[[int, int], None]] = ContextVar(
    "batch_monitor", default=lambda epoch, number: None
)
"""Called with the epoch and number of each batch that a training takes."""

rows_monitor: ContextVar[Callable[..., object]] = ContextVar(
    "rows_monitor", default=lambda rows: None
)
"""Called with the rows (B,) or (S, B), int64, of batches as they are taken."""


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


class EpochBatches:
    """The batches of one epoch by number, each cut to its bucket's length."""

    def __init__(self, split: Split, spec: TrainSpec, epoch: int) -> None:
        self.split, self.spec, self.epoch = split, spec, epoch
        self.monitor = rows_monitor.get()  # Keras takes batches in a thread
        count, size = len(split.x), spec.batch_size
        # Steps of each example (N,), order (S, B), padded length (S,).
        self.needed = None if split.lengths is None else steps_needed(split)
        self.order = (
            stream_indices(count, size)
            if spec.stateful
            else batch_indices(count, size, epoch, spec.seed, self.needed)
        )
        self.steps = np.full(len(self.order), split.x.shape[1])
        if self.needed is not None:
            ends = bucket_ends(self.needed, spec.num_buckets)
            longest = self.needed[self.order].max(axis=1)
            self.steps = ends[np.searchsorted(ends, longest)]

    def __len__(self) -> int:
        return len(self.order)

    def __getitem__(self, number: int) -> Batch:
        (x, y, lengths), rows = self.split, self.order[number]
        steps = self.steps[number]
        self.monitor(rows)
        return Batch(
            drop_words(
                as_indices(x[rows, :steps]), self.spec, self.epoch, number
            ),
            as_indices(y[rows, :steps] if has_steps(y) else y[rows]),
            None if lengths is None else lengths[rows],
            self.sample_mask(number),
        )

    def sample_mask(self, number: int) -> np.ndarray | None:
        """Where a batch's decoder reads its own token: (B, T), or None."""
        shape = (self.order.shape[1], int(self.steps[number]))
        return draw_sample_mask(shape, self.spec, self.epoch, number)


def epoch_batches(split: Split, spec: TrainSpec, epoch: int) -> Iterator[Batch]:
    batches = EpochBatches(split, spec, epoch)
    for number in range(len(batches)):
        batch_monitor.get()(epoch, number)
        yield batches[number]


def epoch_sample_masks(
    split: Split, spec: TrainSpec, epoch: int
) -> np.ndarray | None:
    """The sample masks of an epoch's batches uncut: (S, B, T), or None."""
    if not samples(spec):
        return None
    batches = EpochBatches(split, spec, epoch)
    masks = np.zeros((*batches.order.shape, split.x.shape[1]), bool)
    for number, width in enumerate(batches.steps):
        masks[number, :, :width] = batches.sample_mask(number)
    return masks


def padding_share(split: Split, spec: TrainSpec, epoch: int) -> float:
    """The share of an epoch's positions that are padding, 0 to 1."""
    batches = EpochBatches(split, spec, epoch)
    if batches.needed is None:
        return 0.0
    positions = batches.steps.sum() * spec.batch_size
    return float(1.0 - batches.needed[batches.order].sum() / positions)


def steps_per_epoch(split: Split, spec: TrainSpec) -> int:
    """The number of batches S of an epoch."""
    return len(split.x) // spec.batch_size


def epoch_order(split: Split, spec: TrainSpec, epoch: int) -> np.ndarray:
    """The order of an epoch whose batches are taken at once: (S, B)."""
    batches = EpochBatches(split, spec, epoch)
    batches.monitor(batches.order)
    return batches.order

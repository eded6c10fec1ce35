"""The few lengths to which batches are padded."""

from functools import lru_cache

import numpy as np

from shared.specs import LABELS, Split


def bucket_ends(lengths: np.ndarray, buckets: int) -> np.ndarray:
    """The few lengths (at most `buckets`,) to which batches are padded.

    Of all choices of so many the one with the fewest padded positions over
    the examples; the last is the longest. The same in every epoch.
    """
    return _bucket_ends(np.asarray(lengths, dtype="<i4").tobytes(), buckets)


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


def has_steps(y: np.ndarray) -> bool:
    """Whether there is a target for each step, not for each example."""
    return y.ndim > 1 and y.dtype.kind == "i" and y.dtype != LABELS


def steps_needed(split: Split) -> np.ndarray:
    """The steps of each example: the longer of source and target (N,)."""
    lengths = np.asarray(split.lengths)
    if not has_steps(split.y):
        return lengths
    has_target = split.y.reshape(*split.y.shape[:2], -1) >= 0  # (N, T, 1 or K)
    targets: np.ndarray = has_target.any(axis=2).sum(axis=1)
    return np.maximum(lengths, targets).astype(np.int32)

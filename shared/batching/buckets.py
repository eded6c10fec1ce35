"""The few lengths to which batches are padded."""

from __future__ import annotations

from functools import lru_cache

import numpy as np


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

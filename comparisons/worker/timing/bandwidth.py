"""The bandwidth at which threads of this process read memory."""

import time
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from comparisons.records.environment import cpu_count
from shared.specs import Array

MEMORY = 2**28
"""Bytes of an array larger than the last-level cache of most processors."""

LEAST = 2**28
"""Bytes that a measurement reads at least, a small array many times."""

REPEATS = 5
"""Measurements; the largest rate counts, as other work only lowers it."""


def read_bandwidth(size: int, threads: int) -> float:
    """Bytes per second at which so many threads read an array over and over.

    Each of them takes the maximum of a part of int32 numbers of its own: NumPy
    compares whole vectors at a time, faster than memory delivers them, where
    its sum of floats waits for each addition, and lets other threads run
    during it. The number of threads of its BLAS, which a matrix-vector product
    would have, is fixed when it is loaded. An array that fits in a cache is
    read from there after the first time.
    size: bytes; threads: 0 for all cores.
    """
    count = threads or cpu_count()
    parts = np.array_split(np.ones(max(count, size // 4), np.int32), count)
    passes = max(1, LEAST // size)
    rates = []
    with ThreadPoolExecutor(count) as pool:
        for _ in range(REPEATS):
            since = time.perf_counter()
            list(pool.map(lambda part: read(part, passes), parts))
            seconds = time.perf_counter() - since
            rates.append(passes * sum(p.nbytes for p in parts) / seconds)
    return max(rates)


def read(part: Array, passes: int) -> None:
    for _ in range(passes):
        part.max()

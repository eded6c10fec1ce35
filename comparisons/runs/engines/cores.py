"""The cores of this machine, and the share of each worker."""

import os
from collections.abc import Sequence

from comparisons.records.environment import cpu_count

Cores = tuple[int, ...]
"""Numbers of cores, as the system counts them; () for all."""

UNPINNED = (
    "workers are not pinned to cores: this system has no sched_setaffinity, "
    "so that they may disturb each other more"
)


def can_pin() -> bool:
    return hasattr(os, "sched_setaffinity")


def cores_of_workers(jobs: int, threads: int) -> list[Cores]:
    """The cores of each of several workers, all different.

    threads: those of a worker; 0: as many as there are cores for each. Where
    the system cannot pin a process, each may use all.
    """
    if not can_pin():
        return [()] * jobs
    cores = sorted(os.sched_getaffinity(0))
    each = threads or max(1, len(cores) // jobs)
    return [tuple(share(cores, number, each)) for number in range(jobs)]


def share(cores: Sequence[int], number: int, each: int) -> Sequence[int]:
    """From the last core on: the first one has the system's own work."""
    end = len(cores) - number * each
    return cores[max(0, end - each) : end]


def spare(jobs: int, threads: int) -> bool:
    """Whether the workers leave a core to the runner and to the system."""
    return threads > 0 and cpu_count() > jobs * threads

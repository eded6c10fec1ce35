"""What trains the trials of a search: the engine that the options ask for."""

from typing import Protocol

from comparisons.arguments.options import Options
from comparisons.runs.engines.cores import cores_of_workers
from comparisons.tuning.engines.alone import Alone
from comparisons.tuning.engines.pool import Pool
from comparisons.tuning.search import Search


class Engine(Protocol):
    """Trains the trials of a search until none is left."""

    def train(self, search: Search) -> None:
        """Train all trials; whatever ends it, end every process."""


def engine_of(options: Options) -> Engine:
    return ENGINES[options.engine](options)


def local(options: Options) -> Engine:
    """One trial at a time, or as many as `--jobs` says."""
    if options.jobs == 1:
        return Alone(options.timeout)
    cores = cores_of_workers(options.jobs, options.run.threads)
    return Pool(cores, options.timeout)


def ray(options: Options) -> Engine:
    from comparisons.tuning.engines.ray_tune import RayTune

    run = options.run
    return RayTune(options.address, options.timeout, run.threads, options.jobs)


ENGINES = {"local": local, "ray": ray}
"""Name of `--engine` -> what makes it."""

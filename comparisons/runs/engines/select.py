"""The engine that the options ask for."""

from contextlib import AbstractContextManager, nullcontext

from comparisons.arguments.options import Options
from comparisons.runs.engines.alone import Alone
from comparisons.runs.engines.cores import cores_of_workers, spare
from comparisons.runs.engines.engine import Engine
from comparisons.runs.engines.pool import Pool


def engine_of(options: Options) -> Engine:
    return ENGINES[options.engine](options)


def session(options: Options) -> AbstractContextManager[None]:
    """What all engines of one command share, as long as it lasts."""
    return SESSIONS.get(options.engine, nullcontext)()


def local(options: Options) -> Engine:
    """One run at a time, or as many as `--jobs` says."""
    jobs, threads = options.jobs, options.run.threads
    if jobs == 1:
        return Alone(options.timeout)
    quiet = threads if spare(jobs, threads) else 0
    return Pool(cores_of_workers(jobs, threads), options.timeout, quiet)


def ray(options: Options) -> Engine:
    from comparisons.runs.engines.ray import Cluster

    run = options.run
    return Cluster(options.address, options.timeout, run.threads, options.jobs)


def slurm(options: Options) -> Engine:
    from comparisons.runs.engines.array import JobArray

    run = options.run
    return JobArray(options.out, options.timeout, run.threads, options.jobs)


def ray_session() -> AbstractContextManager[None]:
    from comparisons.runs.engines.connection import one_local_ray

    return one_local_ray()


ENGINES = {"local": local, "ray": ray, "slurm": slurm}
"""Name of `--engine` -> what makes it."""

SESSIONS = {"ray": ray_session}
"""Name of `--engine` -> what its uses in one command share."""

"""Where runs are executed, and how many at once: flags and their check."""

import importlib.util
from argparse import ArgumentTypeError, Namespace
from collections.abc import Collection
from typing import Any

from comparisons.arguments.address import check_address
from comparisons.arguments.flags.flag import Flag, at_least, choice, flag
from comparisons.records.environment import cpu_count
from shared.errors import UserError

AUTO = 0
"""The number of `--jobs auto`."""

ENGINES = {"local": "", "ray": "ray", "slurm": "submitit"}
"""Engine -> the module that it needs; its extra has the engine's name."""

PLACES = {"local": "this machine", "ray": "a Ray cluster", "slurm": "Slurm"}
"""Engine -> where it executes runs."""


def jobs_of(text: str) -> int:
    """A number from 1 on, or AUTO."""
    if text == "auto":
        return AUTO
    try:
        return int(at_least(1)(text))
    except ArgumentTypeError as error:
        raise ArgumentTypeError(f"{error}; or auto") from None


def engine_flags(
    work: str = "runs", engines: Collection[str] = ENGINES
) -> list[Flag]:
    """Flags of a command; work: what its engines execute."""
    places = [PLACES[name] for name in engines]
    return [
        flag(
            "--jobs",
            f"{work} at once, each on its own cores; auto: as many as fit. "
            f"Times of {work} that share a machine are no results (default: 1; "
            "auto for engines of several machines)",
            type=jobs_of,
            metavar="N|auto",
            sweep=False,
        ),
        choice(
            "--engine",
            f"what executes the {work}: {', '.join(places[:-1])} or "
            f"{places[-1]}",
            engines,
            default="local",
            sweep=False,
        ),
        flag(
            "--address",
            "address of the Ray cluster (default: start Ray here)",
            metavar="HOST:PORT",
            sweep=False,
        ),
    ]


def engine_options(options: Namespace, threads: int) -> dict[str, Any]:
    """The options of the engine, checked; none where a command has no flag."""
    if not hasattr(options, "engine"):
        return {}
    engine, jobs = options.engine, options.jobs
    if options.address and engine != "ray":
        raise UserError(
            f"--address {options.address} needs --engine ray, not {engine}"
        )
    module = ENGINES[engine]
    if module and importlib.util.find_spec(module) is None:
        raise UserError(
            f"--engine {engine} needs {module}, which is not installed: "
            f"pip install 'rnn-comparisons[{engine}]'"
        )
    if options.address:
        check_address(options.address)
    if engine == "local":
        jobs = local_jobs(jobs, threads)
    return {
        "jobs": AUTO if jobs is None else jobs,
        "engine": engine,
        "address": options.address or "",
    }


def local_jobs(jobs: int | None, threads: int) -> int:
    """The number of workers; UserError for more than have own cores."""
    cores, each = cpu_count(), threads or 1
    most = max(1, cores // each)
    if jobs is None:
        return 1
    if jobs > most:
        needed = f"{each} core{'s' * (each > 1)}"
        raise UserError(
            f"--jobs {jobs} is more than fit: each run has {needed} "
            f"(--threads), this machine {cores}; at most {most}, or auto"
        )
    return jobs or most

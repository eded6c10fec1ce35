"""Jobs in a process of their own, and those of a trained model."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from comparisons.arguments.extras import require
from comparisons.frameworks import in_framework, worker_environment
from comparisons.records.environment import cpu_count
from comparisons.runs.engines.cores import cores_of_workers
from comparisons.runs.processes import Worker, WorkerError
from shared.errors import UserError
from shared.exhibits.names import (
    cell_name,
    framework_name,
    metric_name,
    row_name,
    score_text,
)
from shared.specs import RunSpec
from shared.tasks import get_task
from shared.weights.checkpoints import Checkpoint

Ask = Callable[..., dict[str, Any]]
"""(job, fields of the request) -> the job's result."""


@contextmanager
def fresh_worker(name: str, of: RunSpec | None = None) -> Iterator[Ask]:
    """Context with a process: (job, run, timeout, **request) -> the result.

    A job that fails raises UserError, which begins with this name.
    of: the only run of its jobs. The process then has as many cores as the run
    has threads and its variables from the start: NumPy, imported before the
    framework, and XLA in TensorFlow ignore `run.threads` otherwise.
    """
    worker = Worker() if of is None else worker_of(of)

    def ask(job: str, run: RunSpec, timeout: float, **request: Any) -> Any:
        try:
            return worker.ask(job, run, timeout, **request)["result"]
        except WorkerError as error:
            raise UserError(f"{name}: {error}") from error

    try:
        yield ask
    finally:
        worker.end()


def worker_of(run: RunSpec) -> Worker:
    """A process for the jobs of this run."""
    variables = worker_environment(
        run.framework, run.precision, run.device, run.threads
    )
    cores = cores_of_workers(1, run.threads)[0] if run.threads else ()
    return Worker(cores, env=variables)


def ask_once(job: str, run: RunSpec, timeout: float, **request: Any) -> Any:
    """The result of a job in a fresh process; UserError if it fails."""
    with fresh_worker(row_name(run.framework, run.cell), run) as ask:
        return ask(job, run, timeout, **request)


@contextmanager
def model_worker(
    trained: Checkpoint,
    framework: str,
    timeout: float,
    device: str = "cpu",
    precision: str = "float32",
) -> Iterator[Ask]:
    """Context with a worker for jobs on the model in this framework.

    UserError if the framework is unknown or absent, and if a job fails.
    """
    require(framework)
    # It may have been trained on a machine of more cores.
    threads = min(trained.run.threads, cpu_count())
    run = replace(
        trained.run, device=device, precision=precision, threads=threads
    )
    run = in_framework(run, framework)
    with fresh_worker(framework_name(framework)) as ask:
        yield lambda job, **request: ask(job, run, timeout, **request)


def heading(trained: Checkpoint, framework: str) -> str:
    """The model, and what computes with it: two lines."""
    return f"{title(trained)}\ncomputed with {framework_name(framework)}"


def title(trained: Checkpoint) -> str:
    run, result = trained.run, trained.result
    text = f"{get_task(run.task).name} {cell_name(run.cell)}, seed {run.seed}, "
    text += f"trained with {framework_name(run.framework)}"
    if result.get("validation") is None:
        return text
    score = score_text(result["metric"], result["validation"])
    return f"{text} (validation {metric_name(result['metric'])} {score})"

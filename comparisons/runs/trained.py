"""A trained model in a framework, in a process of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from comparisons.frameworks import in_framework, missing_modules
from comparisons.runs.processes import Worker, WorkerError
from shared.errors import UserError
from shared.exhibits.names import (
    cell_name,
    framework_name,
    metric_name,
    score_text,
)
from shared.weights.checkpoints import Checkpoint

Ask = Callable[..., dict[str, Any]]
"""(job, fields of the request) -> the job's result."""


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
    if missing := missing_modules(framework):
        raise UserError(
            f"framework '{framework}' is not installed: {', '.join(missing)}"
        )
    run = replace(trained.run, device=device, precision=precision)
    run = in_framework(run, framework)
    worker = Worker()

    def ask(job: str, **request: Any) -> dict[str, Any]:
        try:
            answer = worker.ask(job, run, timeout, **request)
        except WorkerError as error:
            raise UserError(f"{framework}: {error}") from error
        result: dict[str, Any] = answer["result"]
        return result

    try:
        yield ask
    finally:
        worker.end()


def heading(trained: Checkpoint, framework: str) -> str:
    """The model, and what computes with it: two lines."""
    return f"{title(trained)}\ncomputed with {framework_name(framework)}"


def title(trained: Checkpoint) -> str:
    run, result = trained.run, trained.result
    text = f"{run.task} {cell_name(run.cell)}, seed {run.seed}, trained with "
    text += framework_name(run.framework)
    score = result.get("validation")
    if score is None:
        return text
    metric = result["metric"]
    shown = f"{metric_name(metric)} {score_text(metric, score)}"
    return f"{text} (validation {shown})"

"""The run of a request, its data and their baselines."""

from functools import lru_cache
from typing import Any

from comparisons.frameworks import resolve_run
from comparisons.worker.jobs import Job
from comparisons.worker.messages import Message
from shared.specs import RunSpec
from shared.task import Dataset
from shared.tasks import get_task, sized


def read_run(request: dict[str, Any]) -> RunSpec:
    """The run of a request; one written by hand may leave fields out."""
    run = resolve_run(**request)
    if "input_size" in request.get("model", {}):
        return run
    return sized(run, load_dataset(run))


def load_dataset(run: RunSpec) -> Dataset:
    """The data of a run, kept for the next run of the same seed."""
    return _load(run.task, run.data, run.seed)


@lru_cache(maxsize=4)
def _load(task: str, options: Any, seed: int) -> Dataset:
    return get_task(task).load(options, seed)


def score_baselines(job: Job) -> Message:
    """Scores of the task's baselines; no framework is imported."""
    dataset = load_dataset(job.run)
    task = get_task(job.run.task, dataset.metric)
    return {
        "metric": task.metric,
        "baselines": task.baselines(dataset),
        "noise_floor": task.noise_floor(dataset),
        "metadata": dict(dataset.metadata),
    }

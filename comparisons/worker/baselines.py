"""The job `baselines`: scores of the task's baselines."""

from __future__ import annotations

from comparisons.worker.data import load_dataset
from comparisons.worker.jobs import Emit, Message
from shared.specs import RunSpec
from shared.tasks import get_task


def score_baselines(
    run: RunSpec, implementation: None, request: Message, emit: Emit
) -> Message:
    """Scores of the task's baselines; no framework is imported."""
    dataset = load_dataset(run)
    task = get_task(run.task, dataset.metric)
    return {
        "metric": task.metric,
        "baselines": task.baselines(dataset),
        "floor": task.noise_floor(dataset),
        "facts": dict(dataset.metadata),
    }

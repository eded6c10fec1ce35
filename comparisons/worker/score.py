"""The job `score`: a checkpoint's scores and its deviation."""

from __future__ import annotations

from typing import Any

from comparisons.equivalence.deviation import deviation, up_to_ends
from comparisons.implementation import Implementation
from comparisons.worker.data import load_dataset
from comparisons.worker.jobs import Emit, Message
from comparisons.worker.loading import load_trained
from comparisons.worker.scoring import EXPECTED, SCORED, numbers
from shared.specs import RunSpec, Split
from shared.tasks import get_task

SEQUENCES = 64
"""Test sequences on which predictions meet the numpy reference."""


def score_checkpoint(
    run: RunSpec,
    implementation: Implementation,
    request: Message,
    emit: Emit,
) -> dict[str, Any]:
    """Scores on the test split; deviation from the numpy reference."""
    task, dataset = get_task(run.task), load_dataset(run)
    trained, model = load_trained(implementation, request["path"], run.threads)
    kind, (x, y, ends) = trained.model.model, dataset.test
    scored, expected = SCORED[kind], EXPECTED[kind]
    outputs = scored(implementation, model, dataset.test)
    some = Split(
        x[:SEQUENCES],
        y[:SEQUENCES],
        None if ends is None else ends[:SEQUENCES],
    )
    both = (
        scored(implementation, model, some),
        expected(trained.model, trained.weights, some),
    )
    return {
        "scores": task.score(outputs, "test", dataset),
        "deviation": deviation(
            *(up_to_ends(numbers(o), some.lengths) for o in both)
        ),
    }

"""What a run saves next to its record: weights, and scores of examples."""

import math
from dataclasses import replace
from pathlib import Path
from typing import Any

from comparisons.worker.recorder import Recorder
from shared.files.atomic import WriteError
from shared.specs import RunSpec
from shared.task import Dataset, Task
from shared.task.examples import write_examples
from shared.weights.checkpoints import Checkpoint, save_checkpoint


def trained_model(
    run: RunSpec, recorder: Recorder, record: dict[str, Any]
) -> Checkpoint:
    """What a run learned, with all that using it takes."""
    task, dataset, epochs = recorder.task, recorder.dataset, recorder.epochs
    best = record["best_epoch"]
    epoch = epochs[-1 if best is None else best]
    finite = math.isfinite(epoch["validation"])
    return Checkpoint(
        run,
        run.model,
        recorder.implementation.export_weights(recorder.model),
        None if task.codec is None else task.codec.metadata(dataset),
        {
            "metric": task.validation_metric,
            "validation": epoch["validation"] if finite else None,
            "epoch": epoch["epoch"],
            "seed": run.seed,
        },
        dict(dataset.hashes),
    )


def keep(path: Path, trained: Checkpoint) -> dict[str, Any]:
    """Save a checkpoint; a full disk does not lose the record."""
    # What was exported holds in the layout that all frameworks share.
    model = replace(trained.model, init="matched")
    try:
        save_checkpoint(path, trained._replace(model=model))
    except OSError as error:
        text = f"checkpoints/{path.name}: {error.strerror or error}"
        return {"checkpoint": None, "checkpoint_error": text}
    return {"checkpoint": path.name}


def keep_examples(
    path: Path, task: Task, outputs: Any, dataset: Dataset
) -> dict[str, bool]:
    """Save the scores of the test examples; the self-check, if there are any.

    A full disk does not lose the record.
    """
    examples = task.examples(outputs, dataset)
    if examples is None:
        return {}
    try:
        write_examples(path, examples)
    except WriteError:
        return {"example_scores_saved": False}
    return {"example_scores_saved": True}

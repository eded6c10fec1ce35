"""The weights that a run keeps, and what they were trained for."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path
from typing import Any

from comparisons.records.store import kept_epoch
from comparisons.worker.recorder import Recorder
from shared.specs import ModelSpec, RunSpec
from shared.weights.checkpoints import Checkpoint, save_checkpoint


def trained_model(
    run: RunSpec, spec: ModelSpec, recorder: Recorder, record: dict[str, Any]
) -> Checkpoint:
    """The checkpoint of a run, with everything its use requires."""
    task, dataset, epoch = recorder.task, recorder.dataset, kept_epoch(record)
    finite = math.isfinite(epoch["validation"])
    return Checkpoint(
        run,
        spec,
        recorder.implementation.export_weights(recorder.model),
        task.codec and task.codec.metadata(dataset),
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
        return {"checkpoint": None, "checkpoint_error": str(error)}
    return {"checkpoint": path.name}

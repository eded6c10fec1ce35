"""Training on arrays of the client's own, without a task."""

import math
from pathlib import Path
from typing import Any

import numpy as np

from comparisons.worker.jobs import Job
from comparisons.worker.messages import Message
from comparisons.worker.recorder import DivergedError
from shared.specs import Split


def fit_arrays(job: Job) -> Message:
    """The mean loss of each epoch; the weights go to a file.

    Request: `arrays`, a .npz file of x, y and, where sequences are padded,
    lengths; `weights`, the .npz file to write. DivergedError for a loss that
    is not finite.
    """
    losses: list[float] = []

    def on_epoch_end(epoch: int, loss: float) -> bool:
        if not math.isfinite(loss):
            raise DivergedError(f"the loss of epoch {epoch} is {loss}")
        losses.append(loss)
        return False

    with np.load(Path(job.request["arrays"])) as arrays:
        split = Split(arrays["x"], arrays["y"], arrays.get("lengths"))
    model = job.first_model()
    job.implementation.fit(model, split, job.run.train, on_epoch_end)
    weights: dict[str, Any] = job.implementation.export_weights(model)
    np.savez(job.request["weights"], **weights)
    return {"losses": losses}

"""How a model fits what it is trained on: scores, losses, gradient norms.

Measured only in runs that are requested with `fit_quality`.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np

from comparisons.worker.data import load_dataset
from comparisons.worker.jobs import Job
from comparisons.worker.messages import Message
from comparisons.worker.recorder import Recorder
from comparisons.worker.scoring import (
    SCORED,
    expected,
    scored_outputs,
    token_nll,
)
from shared.batching.buckets import has_steps, steps_needed
from shared.batching.indices import as_indices
from shared.reference.model import loss_and_gradients
from shared.specs import ModelSpec, Split
from shared.task import Dataset
from shared.tasks import get_task
from shared.weights.init import initial_weights

EXAMPLES = 4096
"""Sequences of the training part that are scored."""

FEW = 16
"""Sequences that show, before training, which scores they have."""

BATCHES = 2
"""Fixed batches of which loss and gradient norm are measured."""


class FitMonitor:
    """Loss and gradient norms on fixed batches: now, and after each epoch.

    They are computed by the NumPy reference from exported weights: in float64,
    without dropout, smoothing, or clipping, so that all settings and frameworks
    are measured alike.
    """

    def __init__(self, spec: ModelSpec, recorder: Recorder):
        self.spec, self.recorder = spec, recorder
        size = recorder.train.batch_size
        self.batches = list(fixed_batches(recorder.dataset.train, size))
        self.losses: list[float] = []
        self.norms: list[list[float]] = []
        self.measure()
        recorder.observers.append(self.measure)

    def measure(self) -> None:
        """Measure the current weights."""
        export = self.recorder.implementation.export_weights
        weights = export(self.recorder.model)
        with np.errstate(all="ignore"):  # of weights that diverge
            found = [
                loss_and_gradients(self.spec, weights, batch)
                for batch in self.batches
            ]
            norms = [
                float(np.sqrt(sum(np.sum(g**2) for g in gradients.values())))
                for _, gradients in found
            ]
        self.losses.append(float(np.mean([loss for loss, _ in found])))
        self.norms.append(norms)

    def message(self) -> Message:
        """As a record has it, without scores."""
        return {"losses": self.losses, "gradient_norms": self.norms}


def fixed_batches(split: Split, size: int) -> Iterator[Split]:
    """Batches of evenly spaced examples, cut to their longest one."""
    count = len(split.x)
    most = min(BATCHES * size, count)
    rows = np.linspace(0, count, most, endpoint=False).astype(int)
    for number in range(BATCHES):
        yield cut(rows_of(split, rows[number::BATCHES]))


def rows_of(split: Split, rows: np.ndarray) -> Split:
    x, y, lengths = split
    return Split(x[rows], y[rows], None if lengths is None else lengths[rows])


def cut(split: Split) -> Split:
    """Without the steps that are padding in each example, as indices."""
    x, y, lengths = split
    if lengths is not None:
        steps = int(steps_needed(split).max())
        x, y = x[:, :steps], y[:, :steps] if has_steps(y) else y
    return Split(as_indices(x), as_indices(y), lengths)


def train_scores(recorder: Recorder) -> Message:
    """Scores of a sample of the training part, without dropout; its size."""
    dataset = recorder.dataset
    name = dataset.model or recorder.task.model.model
    sample = with_sample(dataset, name, EXAMPLES)
    outputs = scored_outputs(
        *(name, recorder.implementation, recorder.model, sample.train),
        *(sample.rollout, sample.ahead(sample.train), recorder.allowed),
    )
    scores = recorder.task.score(outputs, "train", sample)
    return {"scores": scores, "examples": len(sample.train.x)}


def train_metrics(job: Job) -> Message:
    """The names of the scores that training sequences have.

    A few are scored with the outputs of the reference at initial weights.
    """
    run, dataset = job.run, load_dataset(job.run)
    sample = with_sample(dataset, run.model.model, FEW)
    weights = initial_weights(run.model, 0)
    outputs: Any = expected(run.model, weights, sample.train)
    if sample.rollout > 1:
        outputs = np.tile(outputs, (1, sample.rollout))
    task = get_task(run.task, dataset.metric)
    try:
        return {"metrics": [*task.score(outputs, "train", sample)]}
    except KeyError:  # what a score needs besides the outputs
        return {"metrics": []}
    except ValueError:  # so few may be of one class, which has no ROC curve
        return {"metrics": [task.metric]}


def with_sample(dataset: Dataset, model: str, most: int) -> Dataset:
    """The data with at most so many training sequences, evenly spaced.

    A model that reads a text in order has the first ones.
    """
    size = len(dataset.train.x)
    count = min(most, size)
    if SCORED[model] is token_nll:
        rows = np.arange(count)
    else:
        rows = np.linspace(0, size, count, endpoint=False).astype(int)
    arrays = {
        name: rows_in(values, rows)
        if name.endswith("train") and len(values) == size
        else values
        for name, values in dataset.arrays.items()
    }
    return replace(dataset, train=rows_of(dataset.train, rows), arrays=arrays)


def rows_in(values: Any, rows: np.ndarray) -> Any:
    """Rows of what scores need, an array or a list."""
    if isinstance(values, np.ndarray):
        return values[rows]
    return [values[row] for row in rows]

"""The job `unroll`: every gate and state of one example."""

from dataclasses import asdict, replace
from pathlib import Path
from typing import NamedTuple

import numpy as np

from comparisons.records.checkpoints import load_checkpoint
from comparisons.worker.jobs import Job
from comparisons.worker.messages import Message
from shared.specs import ModelSpec, Weights
from shared.weights.init import initial_weights

ENDINGS = "endings"
"""Name of the outputs (T, K) had the sequence ended at step 1, 2, ..., T."""


class Example(NamedTuple):
    """One sequence, its model, and the file of trained weights, if any."""

    model: ModelSpec
    checkpoint: str | None
    x: np.ndarray  # (1, T, D) values or (1, T) indices
    lengths: np.ndarray | None  # (1,)

    def endings(self) -> tuple[np.ndarray, np.ndarray]:
        """The sequence once for each step, ending there: (T, T, ..), (T,)."""
        steps = self.x.shape[1]
        ends = np.arange(1, steps + 1, dtype=np.int32)
        return np.repeat(self.x, steps, axis=0), ends

    def weights(self, seed: int) -> Weights:
        """The trained weights, or the first ones of the seed."""
        if self.checkpoint is None:
            return initial_weights(self.model, seed)
        return load_checkpoint(Path(self.checkpoint)).weights


def unroll_example(job: Job) -> Message:
    """Every quantity of the example by name.

    The steps are those of the scratch layers. The outputs after each step come
    from the model's own layers, native ones by default, of the same weights.
    """
    fields = job.request
    example = Example(**{**fields, "model": ModelSpec(**fields["model"])})
    weights = example.weights(job.run.seed)
    scratch, own = (
        job.build(replace(example.model, impl=impl), weights)
        for impl in ("scratch", example.model.impl)
    )
    found = job.implementation.unroll(scratch, example.x, example.lengths)
    found[ENDINGS] = job.implementation.predict(own, *example.endings())
    return found


def request_of(example: Example) -> Message:
    return {**example._asdict(), "model": asdict(example.model)}

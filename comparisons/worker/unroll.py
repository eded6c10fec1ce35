"""The job `unroll`: every gate and state of one example."""

from __future__ import annotations

from dataclasses import asdict, replace
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from comparisons.implementation import Implementation
from comparisons.records.checkpoints import load_checkpoint
from comparisons.worker.jobs import Emit, Message
from shared.specs import IMPLS, ModelSpec, RunSpec, Weights
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


def example_of(request: dict[str, Any]) -> Example:
    lengths = request["lengths"]
    return Example(
        ModelSpec(**request["model"]),
        request["checkpoint"],
        np.array(request["x"], request["x_type"]),
        None if lengths is None else np.array(lengths, np.int32),
    )


def unroll_example(
    run: RunSpec, implementation: Implementation, request: Message, emit: Emit
) -> dict[str, Any]:
    """Every quantity of the example by name, as lists.

    The steps are those of the scratch layers. The outputs after each step come
    from the native layers with the same weights.
    """
    example = example_of(request)
    implementation.configure(run.device, run.threads, run.precision, run.seed)
    models = {}
    for impl in IMPLS:
        spec = replace(example.model, impl=impl)
        models[impl] = implementation.build_model(spec)
        implementation.load_weights(models[impl], example.weights(run.seed))
    _, _, x, lengths = example
    found = implementation.unroll(models["scratch"], x, lengths)
    found[ENDINGS] = implementation.predict(
        models["native"], *example.endings()
    )
    return {name: values.tolist() for name, values in found.items()}


def request_of(example: Example) -> dict[str, Any]:
    """The example for a worker, as JSON."""
    lengths = example.lengths
    return {
        "model": asdict(example.model),
        "checkpoint": example.checkpoint,
        "x": example.x.tolist(),
        "x_type": str(example.x.dtype),
        "lengths": None if lengths is None else lengths.tolist(),
    }

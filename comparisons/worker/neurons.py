"""The job `neurons`: activations of a checkpoint over a text."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from comparisons.implementation import Implementation
from comparisons.studies.neurons.readings import reading_of
from comparisons.worker.jobs import Emit, Message
from shared.specs import RunSpec
from shared.weights.checkpoints import load_checkpoint


def read_tokens(
    run: RunSpec, implementation: Implementation, request: Message, emit: Emit
) -> dict[str, Any]:
    trained = load_checkpoint(Path(request["path"]))
    implementation.configure(run.device, run.threads, run.precision, run.seed)
    spec = replace(trained.model, layers="scratch")
    model = implementation.build_model(spec)
    implementation.load_weights(model, trained.weights)
    x = np.array([request["symbols"]], np.int32)  # (1, T)
    found = implementation.unroll(model, x, None)
    reading = reading_of(found, x[0], request["layer"])
    return {name: a.tolist() for name, a in reading._asdict().items()}

"""The job `inspect`: the weights of a model."""

from __future__ import annotations

from comparisons.implementation import Implementation
from comparisons.worker.jobs import Emit, Message
from shared.specs import RunSpec


def inspect_weights(
    run: RunSpec,
    implementation: Implementation,
    request: Message,
    emit: Emit,
) -> Message:
    """Canonical name, own name and own shape of each weight."""
    implementation.configure("cpu", run.threads, run.precision, run.seed)
    model = implementation.build_model(run.model)
    tensors = [
        (name, own, list(tensor.shape))
        for name, own, tensor in implementation.named_tensors(model)
    ]
    return {
        "tensors": tensors,
        "parameters": implementation.count_parameters(model),
    }

"""The job `inspect`: the weights of a model."""

from __future__ import annotations

from comparisons.implementation import Implementation
from comparisons.worker.data import load_dataset
from comparisons.worker.jobs import Emit, Message
from shared.specs import RunSpec
from shared.tasks import model_spec


def inspect_weights(
    run: RunSpec,
    implementation: Implementation,
    request: Message,
    emit: Emit,
) -> Message:
    """Canonical name, framework's name and shape of each weight."""
    dataset = load_dataset(run)
    spec = model_spec(run, dataset)
    implementation.configure("cpu", run.threads, run.precision, run.seed)
    model = implementation.build_model(spec)
    tensors = [
        (name, own, list(tensor.shape))
        for name, own, tensor in implementation.named_tensors(model)
    ]
    return {
        "tensors": tensors,
        "parameters": implementation.count_parameters(model),
    }

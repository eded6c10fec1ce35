"""The job `unroll`: every gate and state of one example."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from comparisons.implementation import Implementation
from comparisons.studies.steps.example import ENDINGS, Example
from comparisons.worker.jobs import Emit, Message
from shared.specs import LAYERS, ModelSpec, RunSpec


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
    for layers in LAYERS:
        spec = replace(example.model, layers=layers)
        models[layers] = implementation.build_model(spec)
        implementation.load_weights(models[layers], example.weights(run.seed))
    _, _, x, lengths = example
    found = implementation.unroll(models["scratch"], x, lengths)
    found[ENDINGS] = implementation.predict(
        models["native"], *example.endings()
    )
    return {name: values.tolist() for name, values in found.items()}

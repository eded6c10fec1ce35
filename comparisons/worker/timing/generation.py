"""The times of texts that a language model writes."""

from __future__ import annotations

import time
from typing import Any

import numpy as np

from comparisons.implementation import Implementation, Model
from shared.decoding.sampling import Sampling, uniforms
from shared.specs import RunSpec
from shared.weights.init import initial_weights

RULE = Sampling(temperature=0.8)


def time_generation(
    run: RunSpec, implementation: Implementation, request: dict[str, Any]
) -> dict[str, Any]:
    """Seconds of each text's first piece and of the rest; its symbols."""
    spec = run.model
    implementation.configure(run.device, run.threads, run.precision, run.seed)
    model = implementation.build_model(spec)
    if run.init == "matched":
        weights = initial_weights(spec, run.seed)
        implementation.load_weights(model, weights)
    texts = [
        {"batch": batch, "length": length}
        | write(implementation, model, batch, length)
        for batch in request["batches"]
        for _ in range(request["turns"])
        for length in request["lengths"]
    ]
    return {"hidden_size": spec.hidden_size, "texts": texts}


def write(
    implementation: Implementation, model: Model, batch: int, length: int
) -> dict[str, Any]:
    """Continue texts (B, length) from one token each.

    The time before the first piece (compilation, transfer of the weights) is
    separate: it does not depend on the length.
    """
    prompt = np.zeros((batch, 1), np.int32)
    draws = uniforms(length, batch, 0)
    begin = time.perf_counter()
    pieces = implementation.generate(model, prompt, draws, RULE)
    first = next(pieces).shape[1]
    since = time.perf_counter()
    later = sum(piece.shape[1] for piece in pieces)
    end = time.perf_counter()
    return {
        "first": since - begin,
        "rest": end - since,
        "first_symbols": first,
        "rest_symbols": later,
    }

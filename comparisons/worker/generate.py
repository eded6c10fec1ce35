"""The job `generate`: tokens, emitted as they are sampled."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, replace
from typing import Any

import numpy as np

from comparisons.implementation import Implementation
from comparisons.worker.loading import load_trained
from shared.decoding.sampling import Sampling, uniforms
from shared.specs import RunSpec


def generate_tokens(
    run: RunSpec,
    implementation: Implementation,
    request: dict[str, Any],
    emit: Callable[[dict[str, Any]], None],
) -> dict[str, Any]:
    """Emit tokens (B, n) as they are generated."""
    where = (run.threads, run.device, run.precision)
    trained, model = load_trained(implementation, request["path"], *where)
    settings = request["settings"]
    rule = Sampling(**{n: settings[n] for n in asdict(Sampling())})
    # No framework counts further than its integers go.
    rule = replace(rule, top_k=min(rule.top_k, trained.model.output_size))
    size = settings["samples"]
    start = np.array(request["start"], request.get("type", "int32"))
    prompt = np.repeat(start[None], size, axis=0)  # (B, P) or (B, P, K)
    keys = start.shape[1] if start.ndim > 1 else 0
    draws = uniforms(settings["length"], size, settings["seed"], keys)
    for symbols in implementation.generate(model, prompt, draws, rule):
        emit({"event": "symbols", "symbols": symbols.tolist()})
    return {}

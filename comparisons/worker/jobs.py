"""The jobs of a worker: a name and the function that does it.

A function takes the run, the framework's implementation (None where the job
needs none), the request and `emit` for messages on the way; it returns the
job's result as JSON. It is imported when it is first asked for.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import Any

from comparisons.worker.loading import load_implementation
from shared.specs import RunSpec

Message = dict[str, Any]
Emit = Callable[[Message], None]

JOBS = {
    "run": "train:run_job",
    "short": "check:short_job",
    "full": "check:full_job",
    "inspect": "inspect:inspect_weights",
    "bench": "timing.training:time_job",
    "padding": "timing.padding:time_lengths",
    "attention": "timing.attention:time_attention",
    "score": "score:score_checkpoint",
    "predict": "predict:predict_examples",
    "generate": "generate:generate_tokens",
    "translate": "translate:decode_targets",
    "unroll": "unroll:unroll_example",
    "neurons": "neurons:read_tokens",
    "attention_maps": "attention:read_sources",
    "gradients": "gradients:read_gradients",
}
"""Job -> module in `comparisons.worker` and function."""

WITHOUT_FRAMEWORK = {"baselines": "baselines:score_baselines"}
"""The same of jobs that import no framework."""


def do_job(name: str, run: RunSpec, request: Message, emit: Emit) -> Message:
    """The result of a job; an unknown name raises KeyError."""
    place = WITHOUT_FRAMEWORK.get(name) or JOBS[name]
    module, _, function = place.partition(":")
    job = getattr(
        importlib.import_module(f"comparisons.worker.{module}"), function
    )
    implementation = load_implementation(run) if name in JOBS else None
    result: Message = job(run, implementation, request, emit)
    return result

"""The jobs of a worker: a name and the function that does it.

A function takes a `Job` and returns its result, JSON and arrays. It is
imported when it is first used.
"""

import importlib
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from comparisons.implementation import Implementation, Model
from comparisons.records.checkpoints import load_checkpoint
from comparisons.worker.loading import load_implementation
from comparisons.worker.messages import Emit, Message
from shared.specs import ModelSpec, RunSpec, Weights
from shared.weights.checkpoints import Checkpoint
from shared.weights.init import initial_weights

JOBS = {
    "run": "train:run_job",
    "trial": "trial:trial_job",
    "fit": "fitting:fit_arrays",
    "speedrun": "speedrun:run_to_target",
    "short": "check:short_job",
    "full": "check:full_job",
    "outputs": "check:outputs_job",
    "inspect": "inference:inspect_weights",
    "bench": "timing.training:time_job",
    "padding": "timing.padding:time_lengths",
    "attention": "timing.attention:time_attention",
    "scan": "timing.scan:time_lengths",
    "paths": "timing.paths:time_paths",
    "inference": "timing.inference:time_framework",
    "onnx_inference": "timing.inference:time_onnx",
    "score": "scoring:score_checkpoint",
    "predict": "inference:predict_examples",
    "generate": "inference:generate_tokens",
    "translate": "inference:decode_targets",
    "unroll": "studies.unroll:unroll_example",
    "neurons": "studies.neurons:read_tokens",
    "attention_maps": "studies.attention:read_sources",
    "gradients": "studies.gradients:read_gradients",
    "save_model": "exporting:save_model",
    "read_tensors": "exporting:read_tensors",
    "run_layers": "exporting:run_layers",
    "baselines": "data:score_baselines",
    "train_metrics": "fit_quality:train_metrics",
}
"""Job -> module in `comparisons.worker` and function."""

WITHOUT_FRAMEWORK = ("baselines", "train_metrics", "onnx_inference")
"""Jobs that import no framework."""


def no_reply() -> Message:
    """What a job reads that nobody answers."""
    raise EOFError("no reply to a message of the job")


class Job(NamedTuple):
    """A run, its framework's package, the request's fields, and `emit`.

    implementation: None for a job WITHOUT_FRAMEWORK; emit: sends a message
    before the result; reply: waits for the client's answer to one.
    """

    run: RunSpec
    implementation: Implementation
    request: Message = {}
    emit: Emit = lambda message: None
    reply: Callable[[], Message] = no_reply

    def integers(self, name: str) -> np.ndarray:
        """A field of the request as indices or lengths."""
        return np.asarray(self.request[name], np.int32)

    def build(self, spec: ModelSpec, weights: Weights | None = None) -> Model:
        """A model of the configured framework, with these weights if any."""
        run = self.run
        self.implementation.configure(
            run.device, run.threads, run.precision, run.seed
        )
        return self.implementation.build_model(spec, weights)

    def first_model(self) -> Model:
        spec, matched = self.run.model, self.run.init == "matched"
        weights = initial_weights(spec, self.run.seed) if matched else None
        return self.build(spec, weights)

    def trained(self) -> tuple[Checkpoint, Model]:
        """The checkpoint at the request's path; kept for the next request."""
        run = self.run
        where = (run.device, run.threads, run.precision)
        # Modules can be hashed, which mypy does not say of a protocol.
        wanted = (self.implementation, self.request["path"], *where)
        return _trained(*wanted)  # type: ignore[arg-type]


@lru_cache(maxsize=1)
def _trained(
    implementation: Implementation, path: str, *where: Any
) -> tuple[Checkpoint, Model]:
    trained = load_checkpoint(Path(path))
    device, threads, precision = where
    implementation.configure(device, threads, precision, trained.run.seed)
    model = implementation.build_model(trained.model, trained.weights)
    return trained, model


def do_job(
    name: str,
    run: RunSpec,
    request: Message,
    emit: Emit,
    reply: Callable[[], Message] = no_reply,
) -> Message:
    """The result of a job; an unknown name raises KeyError."""
    module, _, function = JOBS[name].partition(":")
    place = importlib.import_module(f"comparisons.worker.{module}")
    needed = name not in WITHOUT_FRAMEWORK
    framework: Any = load_implementation(run) if needed else None
    result: Message = getattr(place, function)(
        Job(run, framework, request, emit, reply)
    )
    return result

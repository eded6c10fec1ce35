"""One run: data, model, training, scores, times; all of it raw."""

import math
import time
from pathlib import Path
from typing import Any

import numpy as np

from comparisons.implementation import Implementation
from comparisons.records.environment import MEBIBYTE, peak_memory_mb
from comparisons.worker.attention_maps import attention_maps
from comparisons.worker.checkpointing import (
    keep,
    keep_examples,
    trained_model,
)
from comparisons.worker.data import load_dataset
from comparisons.worker.fit_quality import FitMonitor, train_scores
from comparisons.worker.jobs import Job
from comparisons.worker.messages import Emit, Message
from comparisons.worker.recorder import DivergedError, Recorder
from comparisons.worker.samples import samples
from comparisons.worker.tags import allowed_tags, best_tags
from shared.batching.batches import padding_share, steps_per_epoch
from shared.specs import ModelSpec, RunSpec
from shared.task import LanguageModelCodec, Seq2SeqCodec
from shared.tasks import dataset_name, get_task
from shared.weights.flops import count_parameters
from shared.weights.init import initial_weights, pretrained

CALLS = 50
"""Calls of which the inference latency is the median."""


def run_job(job: Job) -> Message:
    """Train and score; the record's raw fields."""
    checkpoint, examples = (
        Path(path) if path else None
        for path in map(job.request.get, ("checkpoint", "examples"))
    )
    measured = job.request.get("fit_quality", False)
    return train_run(
        *(job.run, job.implementation, job.emit, checkpoint, examples),
        fit_quality=measured,
    )


def train_run(
    run: RunSpec,
    implementation: Implementation,
    emit: Emit,
    checkpoint: Path | None = None,
    examples: Path | None = None,
    fit_quality: bool = False,
) -> dict[str, Any]:
    """Train and score one run; errors propagate.

    checkpoint, examples: where to keep its weights and the scores of its test
    examples; None: nowhere. fit_quality: whether to measure how it fits the
    training part.
    """
    recorder = prepare(run, implementation, emit)
    monitor = FitMonitor(run.model, recorder) if fit_quality else None
    task, dataset = recorder.task, recorder.dataset
    record = opening(recorder, run)
    begin = recorder.since = recorder.reported = time.perf_counter()
    try:
        with recorder.monitoring():
            implementation.fit(
                recorder.model, dataset.train, run.train, recorder.on_epoch_end
            )
        outputs = _score(recorder, record)
    except DivergedError as error:
        if monitor is not None:
            record["fit"] = monitor.message()
        return {**record, **ending(recorder, "diverged"), "error": str(error)}
    wall = time.perf_counter() - begin
    record |= ending(recorder, "ok") | {"wall_seconds": wall}
    record["batches"] = recorder.batches.hexdigest()[:16]
    record["padding"] = padding_share(dataset.train, run.train, 0)
    record["inference_seconds"] = _time_inference(recorder)
    record["detail"] = task.details(outputs, dataset)
    record["peak_memory_mb"] = peak_memory_mb()
    if (size := implementation.peak_memory()) is not None:
        record["device_memory_mb"] = size / MEBIBYTE
    record["detail"] |= shown(recorder, run.model)
    record["checks"] = self_checks(record, run.model)
    if monitor is not None:
        record["fit"] = monitor.message() | train_scores(recorder)
    if examples is not None:
        record["checks"] |= keep_examples(examples, task, outputs, dataset)
    if checkpoint is not None:
        record |= keep(checkpoint, trained_model(run, recorder, record))
        record["checks"]["checkpoint_saved"] = record["checkpoint"] is not None
    return record


def prepare(
    run: RunSpec, implementation: Implementation, emit: Emit
) -> Recorder:
    """Load the data and build the model, with its initial weights."""
    dataset = load_dataset(run)
    implementation.configure(run.device, run.threads, run.precision, run.seed)
    model = implementation.build_model(run.model)
    if run.init == "matched":
        weights = initial_weights(run.model, run.seed)
        weights = pretrained(weights, dataset.arrays)
        implementation.load_weights(model, weights)
    task = get_task(run.task, dataset.metric)
    allowed = allowed_tags(run.model, dataset.metadata)
    return Recorder(
        implementation, model, task, dataset, run.train, emit, allowed
    )


def opening(recorder: Recorder, run: RunSpec) -> dict[str, Any]:
    """What is known of a training before its first step."""
    task, dataset = recorder.task, recorder.dataset
    implementation = recorder.implementation
    return {
        "dataset": dataset_name(vars(run.data)),
        "metric": task.metric,
        "steps_per_epoch": steps_per_epoch(dataset.train, run.train),
        "parameters": implementation.count_parameters(recorder.model),
        "data_hashes": dict(dataset.hashes),
        "noise_floor": task.noise_floor(dataset),
    }


def ending(recorder: Recorder, status: str) -> dict[str, Any]:
    """Status, losses and times of the training by epoch, its kernels."""
    best = None if recorder.best is None else recorder.best[1]
    padded = recorder.dataset.train.lengths is not None
    return {
        **recorder.implementation.describe(recorder.model, padded),
        "status": status,
        "epochs": recorder.epochs,
        "best_epoch": best,
        "validation_seconds": recorder.validation_seconds,
    }


def shown(recorder: Recorder, spec: ModelSpec) -> dict[str, Any]:
    """What the model generates, or attends to, as the report shows it."""
    task, dataset = recorder.task, recorder.dataset
    found: dict[str, Any] = {}
    if isinstance(task.codec, LanguageModelCodec):
        found["samples"] = samples(
            recorder.implementation, recorder.model, task.codec, dataset
        )
    if isinstance(task.codec, Seq2SeqCodec):
        found["attention_maps"] = attention_maps(
            recorder.implementation, recorder.model, spec, dataset
        )
    return found


def self_checks(record: dict[str, Any], spec: ModelSpec) -> dict[str, bool]:
    """Conditions that every run must satisfy (design: measuring, rule 7)."""
    losses = [epoch["loss"] for epoch in record["epochs"]]
    parts = sum(epoch["seconds"] for epoch in record["epochs"])
    parts += record["validation_seconds"] + record["scoring_seconds"]
    wall = record["wall_seconds"]
    return {
        "loss_is_finite": all(map(math.isfinite, losses)),
        "loss_decreased": len(losses) < 2 or losses[-1] < losses[0],
        "timings_add_up": abs(wall - parts) <= 0.01 * wall,
        "parameters_match": spec.init == "native"
        or record["parameters"] == count_parameters(spec),
    }


def _score(recorder: Recorder, record: dict[str, Any]) -> np.ndarray:
    """Predict and score the test split; DivergedError if not finite."""
    begin = time.perf_counter()
    recorder.restore_best()
    outputs = recorder.outputs(recorder.dataset.test)
    scores = recorder.task.score(outputs, "test", recorder.dataset)
    if not all(map(math.isfinite, scores.values())):
        raise DivergedError(f"not every score is finite: {scores}")
    record["scores"] = scores
    record["scoring_seconds"] = time.perf_counter() - begin
    return outputs


def _time_inference(recorder: Recorder) -> list[float]:
    """Seconds of each of many predictions for one sequence."""
    x, _, lengths = recorder.dataset.test
    one = None if lengths is None else lengths[:1]
    implementation, model = recorder.implementation, recorder.model
    seconds = []
    for _ in range(CALLS + 3):
        begin = time.perf_counter()
        outputs = implementation.predict(model, x[:1], one)
        if recorder.allowed is not None:
            best_tags(implementation, model, outputs, one, recorder.allowed)
        seconds.append(time.perf_counter() - begin)
    return seconds[3:]

"""The records of `runs.jsonl`, typed: one struct for each kind.

The published schema is generated from these (`records.schema`).
"""

import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import Annotated, Any, Final, Literal

import msgspec

from comparisons.frameworks import FRAMEWORKS
from comparisons.records import measurements, speedruns
from comparisons.records.environment import commit, machine
from comparisons.records.spec import (
    Count,
    Metric,
    NoiseFloor,
    Number,
    Part,
    Record,
    Scores,
    Seconds,
    Settings,
    Times,
    says,
)
from shared.specs import RunSpec
from shared.specs.scratch import IMPL as SCRATCH
from shared.tasks import chosen

SCHEMA: Final = 2
"""Version of a record's fields; raised when their meaning changes."""

FINAL = ("ok", "diverged")
"""Outcomes that the same command would only repeat."""


class Epoch(Part, kw_only=True):
    """One epoch of a training."""

    epoch: Annotated[Count, says("its number, from 0")]
    loss: Annotated[Number, says("mean; null if not finite")] = None
    seconds: Annotated[Seconds, says("of its training steps")]
    validation: Annotated[
        Number, says("validation metric; null if not finite")
    ] = None


class FitQuality(Part, kw_only=True):
    """How a model fits what it was trained on.

    Losses and norms: of the initial weights, then after each epoch.
    """

    scores: Annotated[
        Scores, says("every score of the training sequences scored")
    ] = {}
    examples: Annotated[Count, says("training sequences scored")] = 0
    losses: Annotated[
        Sequence[Number],
        says("mean over fixed batches, without dropout; null if not finite"),
    ] = []
    gradient_norms: Annotated[
        Sequence[Sequence[Number]],
        says("of each fixed batch, before clipping; null if not finite"),
    ] = []


class Training(Record, kw_only=True):
    """What is recorded of a training, whether or not it is scored."""

    metric: Metric = ""
    dataset: Annotated[str, says("data set or the user's file")] = ""
    data_hashes: Annotated[dict[str, str], says("file and its sha256")] = {}
    noise_floor: NoiseFloor = None
    parameters: Annotated[Count | None, says("trained parameters")] = None
    steps_per_epoch: Annotated[Count, says("training steps of an epoch")] = 0
    device: Annotated[str, says("device in use")] = ""
    kernels: Annotated[str, says("library of the device's kernels")] = ""
    epochs: Annotated[Sequence[Epoch], says("the epochs trained")] = []
    best_epoch: Annotated[
        Count | None, says("epoch whose weights were restored; null: the last")
    ] = None
    validation_seconds: Annotated[Seconds, says("of all validations")] = 0.0
    fit: Annotated[
        FitQuality | None, says("how it fits the training part, if measured")
    ] = None
    timing: Annotated[
        Literal["timed", "scored"],
        says("timed: alone on its cores; scored: its seconds are no result"),
    ] = "timed"

    @property
    def validation(self) -> float | None:
        """The validation metric of the epoch whose weights were restored."""
        if not self.epochs:
            return None
        best = self.best_epoch
        return self.epochs[-1 if best is None else best].validation


class RunRecord(Training, kw_only=True):
    """A training that is scored, however it ended."""

    kind: Annotated[Literal["run"], says("kind of the record")]


class Trial(Training, kw_only=True):
    """A training of a search: the test part takes no part in it."""

    kind: Annotated[Literal["trial"], says("kind of the record")]
    status: Annotated[  # type: ignore[assignment]  # pruned is of trials alone
        Literal["ok", "pruned", "diverged", "failed", "timeout", "unavailable"],
        says("outcome; pruned: ended early by its validation scores"),
    ]


class Stopped(RunRecord, kw_only=True):
    """A run without a result."""

    status: Annotated[
        Literal["diverged", "failed", "timeout", "unavailable"], says("outcome")
    ]


class Run(RunRecord, kw_only=True):
    """A run that ended well: its scores, and all times as measured."""

    status: Annotated[Literal["ok"], says("outcome")]
    metric: Metric
    steps_per_epoch: Annotated[int, says("steps of an epoch", gt=0)]
    epochs: Annotated[Sequence[Epoch], says("the epochs trained", min_length=1)]
    scores: Annotated[Scores, says("every score of the test part")]
    scoring_seconds: Annotated[Seconds, says("of scoring the test part")] = 0.0
    wall_seconds: Annotated[Seconds, says("training and scoring")] = 0.0
    batches: Annotated[str, says("digest of all batches in order")] = ""
    padding: Annotated[
        Number, says("share of padded steps in the first epoch")
    ] = None
    inference_seconds: Annotated[Times, says("of each call, batch 1")] = []
    peak_memory_mb: Annotated[
        Number, says("largest resident memory of the process, MiB")
    ] = None
    device_memory_mb: Annotated[
        Number, says("largest memory of the GPU in use, MiB; null: none")
    ] = None
    detail: Annotated[Settings, says("what the task's exhibits show")] = {}
    checks: Annotated[dict[str, bool], says("self-check: whether it held")] = {}
    checkpoint: Annotated[
        str | None, says("file in `checkpoints`; null if not saved")
    ] = None
    checkpoint_error: Annotated[str, says("why it was not saved")] = ""

    def __post_init__(self) -> None:
        """The metric is among the scores, the best among the epochs."""
        if self.metric not in self.scores:
            raise ValueError(f"lacks the score '{self.metric}'")
        if (self.best_epoch or 0) >= len(self.epochs):
            raise ValueError(f"lacks the best epoch {self.best_epoch}")


KINDS: dict[str, type[Record]] = {
    "run": Stopped,
    "trial": Trial,
    "baselines": measurements.Baselines,
    "equivalence": measurements.Equivalence,
    "verification": measurements.Verification,
    "bench": measurements.Bench,
    "bench-rounds": measurements.BenchRounds,
    "generation": measurements.BenchGeneration,
    "attention": measurements.BenchAttention,
    "padding": measurements.BenchPadding,
    "scan": measurements.BenchScan,
    "paths": measurements.BenchPaths,
    "inference": measurements.BenchInference,
    "speedrun": speedruns.Speedrun,
    "speedrun-entry": speedruns.SpeedrunEntry,
}
"""Kind -> its struct; a run that ended well is a `Run`."""


def record_of(
    kind: str, key: str, run: RunSpec, command: str, **fields: Any
) -> Record:
    """The record of a run on this machine, now."""
    spec = as_read(asdict(run))
    head = {name: spec[name] for name in ("task", "framework", "cell", "seed")}
    head |= {"kind": kind, "key": key, "status": "ok", "command": command}
    head |= {"spec": spec, "overrides": as_read(settings_given(run))}
    return typed({**head, "machine": machine(), "commit": commit(), **fields})


def settings_given(run: RunSpec) -> dict[str, dict[str, Any]]:
    """As `shared.tasks.chosen`, without the layers that a fast row chose."""
    given, row = chosen(run), FRAMEWORKS.get(run.framework)  # or ONNX Runtime
    if row and row.fast and run.model.impl != SCRATCH:
        given["model"].pop("impl", None)
    return given


def as_read(fields: dict[str, Any]) -> dict[str, Any]:
    """Fields as they are read again, tuples as lists, to compare with them."""
    read: dict[str, Any] = json.loads(json.dumps(fields))
    return read


def typed(fields: dict[str, Any]) -> Record:
    """The record of some fields; msgspec.ValidationError if one is invalid."""
    name = fields["kind"]
    if not isinstance(name, str) or name not in KINDS:
        raise msgspec.ValidationError(f"unknown kind '{name}'")
    result = name == "run" and fields["status"] == "ok"
    return msgspec.convert(fields, Run if result else KINDS[name])

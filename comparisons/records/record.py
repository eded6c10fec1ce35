"""The records of `runs.jsonl`, typed: one struct for each kind.

The published schema is generated from these (`records.schema`). Times are
in seconds and memory in MiB wherever a field says nothing else.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Annotated, Any, Literal, TypeVar

import msgspec
from msgspec import Meta, Struct, field

from comparisons.records.environment import commit, machine
from shared.specs import RunSpec
from shared.tasks import chosen

SCHEMA = 2
"""Version of a record's fields; raised when their meaning changes."""

PARTS = ("model", "train", "data")
"""Fields of a spec that are specs themselves."""

FINAL = ("ok", "diverged")
"""Outcomes that the same command would only repeat."""

Item = TypeVar("Item")


def says(text: str, **limits: Any) -> Meta:
    """The description of a field in the schema, and its limits."""
    return Meta(description=text, **limits)


Count = Annotated[int, Meta(ge=0)]
Seconds = Annotated[float, Meta(ge=0.0)]
Times = list[Seconds]
Scores = dict[str, float]
Settings = dict[str, Any]


class Part(Struct, forbid_unknown_fields=True):
    """A record, or a part of one; an unknown field is an error."""


class Spec(Part, kw_only=True):
    """What was run, complete: the task's own values and those given."""

    task: Annotated[str, says("task")]
    framework: Annotated[str, says("row: a framework or a variant of one")]
    cell: Annotated[str, says("recurrent cell")]
    seed: Annotated[int, says("of data, initial weights and batches")] = 0
    preset: Annotated[str, says("preset of the task")] = "standard"
    init: Annotated[str, says("initial weights: matched or native")] = ""
    device: Annotated[str, says("device asked for")] = "auto"
    precision: Annotated[str, says("arithmetic")] = "float32"
    threads: Annotated[int, says("CPU threads; 0: all cores")] = 0
    model: Annotated[Settings, says("fields of the model's spec")] = {}
    train: Annotated[Settings, says("fields of the training's spec")] = {}
    data: Annotated[Settings, says("the task's data options")] = {}


class Overrides(Part, kw_only=True):
    """What of the spec is not the task's own value for its preset."""

    model: Annotated[Settings, says("fields of the model")] = {}
    train: Annotated[Settings, says("fields of the training")] = {}
    data: Annotated[Settings, says("data options")] = {}


class Machine(Part, kw_only=True):
    """The machine on which it ran."""

    processor: Annotated[str, says("the processor's model")] = ""
    cores: Annotated[int, says("processors that the process may use")] = 0
    memory_mb: Annotated[int, says("memory, MiB")] = 0
    system: Annotated[str, says("operating system")] = ""
    python: Annotated[str, says("version of Python")] = ""


class Record(Part, kw_only=True):
    """What every record has."""

    schema: Annotated[
        Literal[1, 2], says("version of its fields; 1 where upgraded")
    ] = 2
    kind: Annotated[str, says("kind of the record")]
    key: Annotated[str, says("digest of what decides the result")]
    status: Annotated[
        Literal["ok", "diverged", "failed", "timeout", "unavailable"],
        says("outcome"),
    ]
    task: Annotated[str, says("task")]
    framework: Annotated[str, says("row: a framework or a variant of one")]
    cell: Annotated[str, says("recurrent cell")]
    seed: Annotated[int, says("of data, initial weights and batches")]
    spec: Annotated[Spec, says("what was run")]
    overrides: Annotated[Overrides, says("the settings given")]
    command: Annotated[str, says("command line that wrote the record")]
    machine: Annotated[Machine, says("the machine on which it ran")]
    commit: Annotated[str, says("commit; + if files differed from it")]
    versions: Annotated[dict[str, str], says("library and its version")]
    error: Annotated[str, says("why there is no result")] = ""
    stderr: Annotated[str, says("end of the worker's standard error")] = ""
    began: Annotated[str, says("start, UTC, ISO 8601")] = ""
    seconds: Annotated[Seconds, says("from request to record")] = 0.0

    @property
    def row(self) -> tuple[str, str]:
        """Framework and cell, a row of the table."""
        return self.framework, self.cell


class Epoch(Part, kw_only=True):
    """One epoch of a training."""

    epoch: Annotated[Count, says("its number, from 0")]
    loss: Annotated[float | None, says("mean; null if not finite")] = None
    seconds: Annotated[Seconds, says("of its training steps")]
    validation: Annotated[
        float | None, says("validation metric; null if not finite")
    ] = None


class RunRecord(Record, kw_only=True):
    """A training, however it ended."""

    kind: Annotated[Literal["run"], says("kind of the record")]
    metric: Annotated[str, says("score by which rows are compared")] = ""
    dataset: Annotated[str, says("data set or the user's file")] = ""
    data_hashes: Annotated[dict[str, str], says("file and its sha256")] = {}
    floor: Annotated[
        float | None, says("best metric that the data's noise admits")
    ] = None
    parameters: Annotated[Count | None, says("trained parameters")] = None
    steps_per_epoch: Annotated[Count, says("training steps of an epoch")] = 0
    device: Annotated[str, says("device in use")] = ""
    kernels: Annotated[str, says("library of the device's kernels")] = ""
    epochs: Annotated[list[Epoch], says("the epochs trained")] = []
    best_epoch: Annotated[
        Count | None, says("epoch whose weights were kept; null: the last")
    ] = None
    validation_seconds: Annotated[Seconds, says("of all validations")] = 0.0


class Stopped(RunRecord, kw_only=True):
    """A run without a result."""

    status: Annotated[
        Literal["diverged", "failed", "timeout", "unavailable"], says("outcome")
    ]


class Run(RunRecord, kw_only=True):
    """A run that ended well: its scores, and all times as measured."""

    status: Annotated[Literal["ok"], says("outcome")]
    metric: Annotated[str, says("score by which rows are compared")]
    parameters: Annotated[Count | None, says("trained parameters")] = None
    steps_per_epoch: Annotated[int, says("steps of an epoch", gt=0)]
    epochs: Annotated[list[Epoch], says("the epochs trained", min_length=1)]
    scores: Annotated[Scores, says("every score of the test part")]
    scoring_seconds: Annotated[Seconds, says("of scoring the test part")] = 0.0
    wall_seconds: Annotated[Seconds, says("training and scoring")] = 0.0
    batches: Annotated[str, says("digest of all batches in order")] = ""
    padding: Annotated[
        float | None, says("share of padded steps in the first epoch")
    ] = None
    inference_seconds: Annotated[Times, says("of each call, batch 1")] = []
    peak_memory_mb: Annotated[
        float | None, says("largest resident memory of the process, MiB")
    ] = None
    detail: Annotated[Settings, says("what the task's exhibits show")] = {}
    checks: Annotated[dict[str, bool], says("self-check: whether it held")] = {}
    checkpoint: Annotated[
        str | None, says("file in `checkpoints`; null if not saved")
    ] = None
    checkpoint_error: Annotated[str, says("why it was not saved")] = ""

    def __post_init__(self) -> None:
        """The metric is among the scores."""
        if self.metric not in self.scores:
            raise ValueError(f"lacks the score '{self.metric}'")

    @property
    def kept_epoch(self) -> Epoch:
        """The epoch whose weights the run kept."""
        return kept(self.epochs, self.best_epoch)


class Baselines(Record, kw_only=True):
    """Scores of the task's baselines, without any framework."""

    kind: Annotated[Literal["baselines"], says("kind of the record")]
    metric: Annotated[str, says("score by which rows are compared")] = ""
    baselines: Annotated[dict[str, Scores], says("baseline, its scores")] = {}
    floor: Annotated[
        float | None, says("best metric that the data's noise admits")
    ] = None
    facts: Annotated[Settings, says("what is known of the data")] = {}

    def __post_init__(self) -> None:
        """Each baseline has the metric."""
        for name, scores in self.baselines.items():
            if self.metric not in scores:
                raise ValueError(f"'{name}' lacks the score '{self.metric}'")


class Deviation(Part, kw_only=True):
    """How far a measure of a case is from the numpy reference."""

    case: Annotated[str, says("the model that was checked")]
    check: Annotated[str, says("what was compared")]
    measured: Annotated[float, says("largest relative deviation")]
    limit: Annotated[float, says("largest deviation that is admitted")]

    @property
    def holds(self) -> bool:
        """Whether it is within its limit."""
        return self.measured <= self.limit


class Equivalence(Record, kw_only=True):
    """The equivalence checks of a run's own model."""

    kind: Annotated[Literal["equivalence"], says("kind of the record")]
    deviations: Annotated[list[Deviation], says("all checks")] = []


class Verification(Record, kw_only=True):
    """The equivalence checks of all cases of `compare.py verify`."""

    kind: Annotated[Literal["verification"], says("kind of the record")]
    impl: Annotated[str, says("implementation of the layers")]
    loop: Annotated[str, says("training loop")]
    deviations: Annotated[list[Deviation], says("all checks")] = []


class StepTimes(Record, kw_only=True):
    """The times of our training step and of a minimal loop's."""

    hidden_size: Annotated[int, says("hidden units")]
    ours: Annotated[Times, says("seconds per step")]
    minimal: Annotated[Times, says("the same of the fastest minimal loop")]
    loops: Annotated[dict[str, Times], says("the same of each such loop")] = {}


class Bench(StepTimes, kw_only=True):
    """Step times, epoch by epoch."""

    kind: Annotated[Literal["bench"], says("kind of the record")]


class BenchRounds(StepTimes, kw_only=True):
    """Step times of a language model, in rounds of a few steps."""

    kind: Annotated[Literal["bench-rounds"], says("kind of the record")]
    steps: Annotated[int, says("steps of a round")]
    symbols: Annotated[int, says("tokens of a step")]
    unit: Annotated[str, says("token: character or word")]
    flops: Annotated[int, says("operations of a step's products")]
    product_rates: Annotated[
        list[float], says("operations per second of large products")
    ]


class GeneratedText(Part, kw_only=True):
    """The times of one batch of generated texts."""

    batch: Annotated[int, says("texts at once")]
    length: Annotated[int, says("tokens of each text")]
    first: Annotated[Seconds, says("until the first piece")]
    rest: Annotated[Seconds, says("of the other pieces")]
    first_symbols: Annotated[int, says("tokens of the first piece")]
    rest_symbols: Annotated[int, says("tokens of the others")]

    @property
    def seconds(self) -> float:
        """Of the whole text."""
        return self.first + self.rest


class BenchGeneration(Record, kw_only=True):
    """How fast a language model generates."""

    kind: Annotated[Literal["generation"], says("kind of the record")]
    hidden_size: Annotated[int, says("hidden units")]
    texts: Annotated[list[GeneratedText], says("each batch of texts")]


class BenchAttention(Record, kw_only=True):
    """What attention and beam search cost."""

    kind: Annotated[Literal["attention"], says("kind of the record")]
    sizes: Annotated[dict[str, int], says("sizes of the synthetic data")]
    steps: Annotated[dict[str, Times], says("attention: of each step")]
    searches: Annotated[dict[str, Times], says("search: of each batch")]


class BenchPadding(Record, kw_only=True):
    """What passing lengths to a layer costs."""

    kind: Annotated[Literal["padding"], says("kind of the record")]
    sizes: Annotated[dict[str, int], says("sizes of the synthetic data")]
    with_lengths: Annotated[Times, says("of each step")] = field(name="with")
    without: Annotated[Times, says("of each step without lengths")]
    packed: Annotated[Times, says("with lengths, always packed")] = []
    padded: Annotated[Times, says("with lengths, never packed")] = []


KINDS: dict[str, type[Record]] = {
    "run": Stopped,
    "baselines": Baselines,
    "equivalence": Equivalence,
    "verification": Verification,
    "bench": Bench,
    "bench-rounds": BenchRounds,
    "generation": BenchGeneration,
    "attention": BenchAttention,
    "padding": BenchPadding,
}
"""Kind -> its struct; a run that ended well is a `Run`."""


def record_of(
    kind: str, key: str, run: RunSpec, command: str, **fields: Any
) -> Record:
    """The record of a run on this machine, now."""
    spec = asdict(run)
    head = {name: spec[name] for name in ("task", "framework", "cell", "seed")}
    return typed(
        {
            "kind": kind,
            "key": key,
            "status": "ok",
            **head,
            "spec": spec,
            "overrides": chosen(run),
            "command": command,
            "machine": machine(),
            "commit": commit(),
            **fields,
        }
    )


def typed(fields: dict[str, Any]) -> Record:
    """The record of some fields; msgspec.ValidationError if one is amiss."""
    kind = KINDS.get(fields["kind"])
    if kind is None:
        raise msgspec.ValidationError(f"unknown kind '{fields['kind']}'")
    if kind is Stopped and fields["status"] == "ok":
        kind = Run
    return msgspec.convert(fields, kind)


def kept(epochs: Sequence[Item], best: int | None) -> Item:
    """The epoch whose weights are kept: the best, or the last of all."""
    return epochs[-1 if best is None else best]

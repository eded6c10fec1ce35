"""The fields of every record: what was run, where, and how it ended.

Times are in seconds and memory in MiB wherever a field says nothing else.
"""

from collections.abc import Sequence
from typing import Annotated, Any, Literal

from msgspec import Meta, Struct

PARTS = ("model", "train", "data")
"""Fields of a spec that are specs themselves."""


def says(text: str, **limits: Any) -> Meta:
    """The description of a field in the schema, and its limits."""
    return Meta(description=text, **limits)


Count = Annotated[int, Meta(ge=0)]
Seconds = Annotated[float, Meta(ge=0.0)]
Times = Sequence[Seconds]
Number = float | None
Scores = dict[str, float]
Settings = dict[str, Any]
Metric = Annotated[str, says("score by which rows are compared")]
NoiseFloor = Annotated[Number, says("best metric that the data's noise admits")]


class Part(Struct, forbid_unknown_fields=True, gc=False):
    """A record, or a part of one; an unknown field is an error."""


class Spec(Part, kw_only=True):
    """What was run, complete: the task's own values and those given."""

    task: Annotated[str, says("task")]
    framework: Annotated[str, says("row: a framework or a variant of one")]
    cell: Annotated[str, says("recurrent cell")]
    seed: Annotated[int, says("of data, initial weights and batches")] = 0
    preset: Annotated[str, says("preset of the task")] = "standard"
    init: Annotated[str, says("initial weights: matched or native")] = ""
    device: Annotated[str, says("device requested")] = "auto"
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
    host: Annotated[
        str, says("digest of its name; empty in an unnamed container")
    ] = ""


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

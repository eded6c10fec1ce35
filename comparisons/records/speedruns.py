"""The records of `compare.py speedrun`: a seed, and all seeds of an entry."""

from collections.abc import Sequence
from statistics import median
from typing import Annotated, Literal

from comparisons.records.spec import (
    Count,
    Metric,
    Number,
    Part,
    Record,
    Seconds,
    says,
)


class Lap(Part, kw_only=True):
    """An epoch of a training against the clock."""

    epoch: Annotated[Count, says("its number, from 0")]
    loss: Annotated[Number, says("mean; null if not finite")] = None
    seconds: Annotated[Seconds, says("since before the process started")]
    validation: Annotated[
        Number, says("validation metric; null if not validated")
    ] = None


class Attempt(Part, kw_only=True):
    """A training of one seed, from before its process starts."""

    seed: Annotated[int, says("of initial weights and batches")]
    reached: Annotated[
        Number,
        says(
            "seconds from before the process starts until the target; or null"
        ),
    ] = None
    parts: Annotated[
        dict[str, Seconds],
        says("of it: start, data, model, training and validation"),
    ] = {}
    compile: Annotated[
        Number,
        says("first epoch beyond the median of the later; null: one epoch"),
    ] = None
    laps: Annotated[Sequence[Lap], says("the epochs trained")] = []

    @property
    def score(self) -> float | None:
        """The last validation metric."""
        found = [p.validation for p in self.laps if p.validation is not None]
        return found[-1] if found else None


class Timed(Record, kw_only=True):
    """What is recorded of a setting that is timed to a validation score."""

    metric: Metric = ""
    target: Annotated[float, says("validation metric to reach")]
    validate_from: Annotated[int, says("first epoch validated, from 1", ge=1)]
    usable_cores: Annotated[int, says("cores the process may use", ge=1)]
    code: Annotated[str, says("digest of the code that decides the result")]
    parameters: Annotated[Count | None, says("trained parameters")] = None
    data_hashes: Annotated[dict[str, str], says("file and its sha256")] = {}


class Speedrun(Timed, kw_only=True):
    """One seed: trained until its target in a cold process."""

    kind: Annotated[Literal["speedrun"], says("kind of the record")]
    attempt: Annotated[
        Attempt | None, says("its times and scores; null if it failed")
    ] = None

    @property
    def reached(self) -> float | None:
        return None if self.attempt is None else self.attempt.reached


class SpeedrunEntry(Timed, kw_only=True):
    """All seeds of a setting that reached the target, proved equal."""

    kind: Annotated[Literal["speedrun-entry"], says("kind of the record")]
    attempts: Annotated[Sequence[Attempt], says("each seed", min_length=1)]
    note: Annotated[str, says("what made it fast")] = ""

    @property
    def times(self) -> list[float]:
        return [a.reached for a in self.attempts if a.reached is not None]

    @property
    def median(self) -> float:
        return median(self.times)

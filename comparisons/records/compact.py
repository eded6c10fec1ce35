"""Records in little memory: many runs share most of their fields."""

from array import array
from collections.abc import Callable, Sequence
from functools import cache
from math import isnan, nan
from operator import attrgetter
from typing import Any, overload

from msgspec.json import encode

from comparisons.records.measurements import Equivalence
from comparisons.records.record import Epoch, Run, RunRecord
from comparisons.records.spec import PARTS, Part, Record

SHARED = {
    *("task", "framework", "cell", "preset", "init", "device", "precision"),
    *("command", "commit", "error", "stderr", "metric", "dataset", "kernels"),
    *("batches", "case", "check", *PARTS, "overrides", "machine", "versions"),
    *("data_hashes", "checks", "metadata"),
}
"""Fields whose values are the same in many records."""

COLUMNS = ("loss", "seconds", "validation")


class Epochs(Sequence[Epoch]):
    """The epochs of a run, in columns of numbers; null is NaN in them."""

    __slots__ = ("values",)

    def __init__(self, epochs: Sequence[Epoch]):
        numbers = [e.loss for e in epochs]
        numbers += [e.seconds for e in epochs]
        numbers += [e.validation for e in epochs]
        self.values = array("d", [nan if n is None else n for n in numbers])

    @classmethod
    def of(cls, *columns: list[float]) -> "Epochs":
        """The epochs of the values of COLUMNS; NaN is null."""
        epochs = cls(())
        epochs.values = array("d", [v for values in columns for v in values])
        return epochs

    def column(self, name: str) -> list[float]:
        size = len(self.values) // len(COLUMNS)
        begin = size * COLUMNS.index(name)
        return self.values[begin : begin + size].tolist()

    def __len__(self) -> int:
        return len(self.values) // len(COLUMNS)

    @overload
    def __getitem__(self, index: int) -> Epoch: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Epoch]: ...
    def __getitem__(self, index: int | slice) -> Epoch | Sequence[Epoch]:
        number = range(len(self))[index]
        if isinstance(number, range):
            return [self[one] for one in number]
        loss, seconds, validation = self.values[number :: len(self)]
        return Epoch(
            epoch=number,
            loss=None if isnan(loss) else loss,
            seconds=seconds,
            validation=None if isnan(validation) else validation,
        )


def column(epochs: Sequence[Epoch], name: str) -> list[float]:
    """One of COLUMNS of some epochs; null is NaN."""
    if isinstance(epochs, Epochs):
        return epochs.column(name)
    numbers = (getattr(epoch, name) for epoch in epochs)
    return [nan if number is None else number for number in numbers]


@cache
def shared_fields(
    kind: type[Part],
) -> tuple[tuple[str, ...], Callable[[Part], tuple[Any, ...]]]:
    """Their names, and what takes their values of a part: two or more."""
    names = tuple(name for name in kind.__struct_fields__ if name in SHARED)
    return names, attrgetter(*names)


class Compact:
    """Makes records small: equal parts are one object, numbers are packed."""

    def __init__(self) -> None:
        self.known: dict[Any, Any] = {}

    def __call__(self, record: Record) -> None:
        if isinstance(record, RunRecord):
            numbers = [epoch.epoch for epoch in record.epochs]
            if numbers == [*range(len(numbers))]:
                record.epochs = Epochs(record.epochs)
        if isinstance(record, Run):
            seconds = record.inference_seconds
            record.inference_seconds = array("d", seconds)
        if isinstance(record, Equivalence):
            for deviation in record.deviations:
                self.share(deviation)
        self.share(record.spec)
        self.share(record)

    def share(self, part: Part) -> None:
        known = self.known
        names, values_of = shared_fields(type(part))
        for name, value in zip(names, values_of(part)):
            key = value if type(value) is str else (name, encode(value))
            first = known.setdefault(key, value)
            if first is not value:
                setattr(part, name, first)

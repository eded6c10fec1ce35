"""A run: a model and its training on a machine."""

from dataclasses import dataclass, field, replace
from typing import Any

from shared.errors import SpecError
from shared.fields import check, from_zero, option
from shared.specs.model import ModelSpec
from shared.specs.train import TrainSpec

INITS = ("matched", "native")
PRECISIONS = ("float32", "tf32", "bf16", "float64")
MOST_THREADS = 1024
"""More than a machine has cores; of many more, systems refuse to start them."""

DEVICES = ("auto", "cpu", "gpu", "mps")


@dataclass(frozen=True)
class RunSpec:
    """One run, complete; see `shared.tasks.resolve`.

    data: the task's dataclass of data options. Model and train get cell, init
    and seed from the run.
    """

    task: str
    framework: str
    cell: str
    seed: int = 0
    preset: str = "standard"
    init: str = option("matched", "initial weights", INITS)
    device: str = option("auto", "device to train on", DEVICES)
    precision: str = option("float32", "floating-point arithmetic", PRECISIONS)
    threads: int = from_zero(0, "CPU threads; 0: all cores", most=MOST_THREADS)
    model: ModelSpec = field(kw_only=True)
    train: TrainSpec = field(kw_only=True)
    data: Any = field(kw_only=True)

    def __post_init__(self) -> None:
        check(self)
        model = replace(self.model, cell=self.cell, init=self.init)
        object.__setattr__(self, "model", model)
        train = replace(self.train, seed=self.seed)
        object.__setattr__(self, "train", train)
        if train.label_smoothing and not model.smoothed:
            raise SpecError(
                f"label_smoothing {train.label_smoothing} is not defined for "
                f"the loss of this {model.model.replace('_', ' ')}, "
                f"{model.loss.replace('_', ' ')}"
            )

"""What the task is about, in a sentence.

`compare.py --task-file FILE` trains it. `shared.task.Task` says what each
field means, and what a task can define besides.
"""

from dataclasses import dataclass

import numpy as np

from shared.fields import check, count, from_zero, option
from shared.metrics import mae, rmse
from shared.specs import ModelSpec, Split, TrainSpec
from shared.task import Dataset, Scores, Task, scores_of


@dataclass(frozen=True)
class Data:
    """Options of the data; each is a flag, such as --window."""

    dataset: str = option("damped", "oscillations that die away")
    window: int = count(20, "time steps T that the model reads")
    noise: float = from_zero(0.05, "standard deviation of the noise")
    examples: int = count(1200, "sequences; a sixth is for testing")

    def __post_init__(self) -> None:
        check(self)


def load(data: Data, seed: int) -> Dataset:
    """Sequences x (N, T, 1), and the value that comes next: y (N, 1)."""
    rng = np.random.default_rng(0)  # the same data for all seeds
    steps = np.arange(data.window + 1)  # (T + 1,)
    phase = rng.uniform(0.0, 2.0 * np.pi, (data.examples, 1))
    period = rng.uniform(8.0, 16.0, (data.examples, 1))
    waves = np.exp(-steps / 30) * np.sin(2 * np.pi * steps / period + phase)
    waves += data.noise * rng.standard_normal(waves.shape)
    x, y = waves[:, :-1, None], waves[:, -1:]  # (N, T, 1), (N, 1)
    ends = np.array([4, 5]) * data.examples // 6
    train, validation, test = (
        Split(x.astype(np.float32), y.astype(np.float32), None)
        for x, y in zip(np.split(x, ends), np.split(y, ends))
    )
    return Dataset(train, validation, test, input_size=1, output_size=1)


def score(outputs: np.ndarray, part: str, dataset: Dataset) -> Scores:
    """Errors of outputs (N, 1) on a split: "train", "validation", "test"."""
    targets = getattr(dataset, part).y
    return {"rmse": rmse(outputs, targets), "mae": mae(outputs, targets)}


def baselines(dataset: Dataset) -> dict[str, Scores]:
    """What is easy to reach: a model below it has learned nothing."""
    forecasts = {"last value": dataset.test.x[:, -1]}
    return scores_of(score, forecasts, dataset)


TASK = Task(
    name="template",
    summary="next value of an oscillation that dies away",
    model=ModelSpec(model="forecaster", input="values", hidden_size=32),
    train=TrainSpec(epochs=10, batch_size=32, learning_rate=1e-2),
    data=Data(),
    presets={"quick": {"train": {"epochs": 2}}, "standard": {"seeds": 3}},
    threads=1,
    metric="rmse",
    better="lower",
    load=load,
    score=score,
    baselines=baselines,
)

"""A task whose run takes about 20 ms, by which engines are measured."""

from dataclasses import dataclass

import numpy as np

from shared.fields import check, count, option
from shared.metrics import mae, rmse
from shared.specs import ModelSpec, Split, TrainSpec
from shared.task import Dataset, Scores, Task, scores_of


@dataclass(frozen=True)
class Data:
    dataset: str = option("waves", "sines of random phases")
    window: int = count(4, "time steps T that the model reads")
    examples: int = count(24, "sequences; a sixth is for testing")

    def __post_init__(self) -> None:
        check(self)


def load(data: Data, seed: int) -> Dataset:
    """Sequences x (N, T, 1), and the value that comes next: y (N, 1)."""
    phase = np.random.default_rng(seed).uniform(0, 6, (data.examples, 1))
    waves = np.sin(np.arange(data.window + 1) + phase).astype(np.float32)
    x, y = waves[:, :-1, None], waves[:, -1:]  # (N, T, 1), (N, 1)
    ends = np.array([4, 5]) * data.examples // 6
    parts = zip(np.split(x, ends), np.split(y, ends))
    train, validation, test = (Split(x, y, None) for x, y in parts)
    return Dataset(train, validation, test, input_size=1, output_size=1)


def score(outputs: np.ndarray, part: str, dataset: Dataset) -> Scores:
    """Errors of outputs (N, 1) on a split."""
    targets = getattr(dataset, part).y
    return {"rmse": rmse(outputs, targets), "mae": mae(outputs, targets)}


def baselines(dataset: Dataset) -> dict[str, Scores]:
    return scores_of(score, {"last value": dataset.test.x[:, -1]}, dataset)


TASK = Task(
    name="waves",
    summary="next value of a sine",
    model=ModelSpec(model="forecaster", input="values", hidden_size=4),
    train=TrainSpec(epochs=1, batch_size=8, learning_rate=1e-2),
    data=Data(),
    presets={"standard": {"seeds": 1}},
    threads=1,
    metric="rmse",
    better="lower",
    load=load,
    score=score,
    baselines=baselines,
)

"""A task is one file: its flags, runs and rows follow from it."""

import pytest
from factories.records import summarized

import pytorch_impl
from comparisons.arguments.options import parse_options
from comparisons.runs.plan import make_plan
from comparisons.worker.train import train_run
from shared import tasks
from shared.tasks import task_names

RAMP = '''
"""Forecast the next value of a ramp."""

from dataclasses import dataclass

import numpy as np

from shared.fields import option
from shared.metrics import rmse
from shared.specs import ModelSpec, Split, TrainSpec
from shared.task import Dataset, Task


@dataclass(frozen=True)
class RampData:
    dataset: str = option("ramp", "the series")
    slope: float = option(0.1, "a step", above=0.0)


def load(data, seed):
    starts = np.random.default_rng(seed).uniform(-1, 1, (96, 1, 1))
    steps = (starts + data.slope * np.arange(6)[:, None]).astype("f4")
    splits = [Split(s[:, :5], s[:, 5], None) for s in np.split(steps, 3)]
    return Dataset(*splits, input_size=1, output_size=1)


TASK = Task(
    name="ramp",
    summary="next value of a ramp",
    model=ModelSpec(hidden_size=8),
    train=TrainSpec(epochs=8, batch_size=16, learning_rate=0.02),
    data=RampData(),
    presets={"standard": {"seeds": 2}},
    metric="rmse",
    better="lower",
    load=load,
    score=lambda outputs, part, data: {
        "rmse": rmse(outputs, getattr(data, part).y)
    },
    baselines=lambda data: {
        "last value": {"rmse": rmse(data.test.x[:, -1], data.test.y)}
    },
)
'''


@pytest.fixture
def ramp(tmp_path, monkeypatch):
    """The folder of tasks with one file more."""
    (tmp_path / "slopes").mkdir()
    (tmp_path / "slopes" / "ramp.py").write_text(RAMP)
    monkeypatch.setattr(tasks, "__path__", [*tasks.__path__, str(tmp_path)])


def test_a_task_is_one_file(ramp):
    assert "ramp" in task_names()
    words = ["--task", "ramp", "--slope", "0.2", "--cells", "rnn", "gru"]
    choices = parse_options([*words, "--frameworks", "pytorch"])
    assert choices.run.data.slope == 0.2
    plan = make_plan(choices, "")
    assert [(run.cell, run.seed) for run in plan.runs] == [
        (cell, seed) for seed in (0, 1) for cell in ("rnn", "gru")
    ]
    records = [
        {
            **train_run(run, pytorch_impl, lambda message: None),
            "schema": 1,
            "kind": "run",
            "key": f"{run.cell} {run.seed}",
            "task": "ramp",
            "framework": run.framework,
            "cell": run.cell,
            "seed": run.seed,
            "spec": {"init": run.init},
        }
        for run in plan.runs
    ]
    assert all(all(record["checks"].values()) for record in records)
    rows = summarized(records).rows
    assert [(row.cell, row.seeds) for row in rows] == [
        ("rnn", 2),
        ("gru", 2),
    ]
    # A ramp is learnt to well below its own step.
    assert all(row.metric_mean < 0.2 for row in rows)

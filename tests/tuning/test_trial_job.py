"""The worker's job of a trial: it trains as a run does, without a test part."""

import importlib

import numpy as np
import pytest
from factories.specs import run_spec

from comparisons.worker import recorder as recorder_module
from comparisons.worker import train
from comparisons.worker import trial as trial_module
from comparisons.worker.data import load_dataset
from comparisons.worker.jobs import Job
from comparisons.worker.trial import trial_job
from shared.tasks import sized

EPOCHS = 3
RUN = run_spec(
    *("sine", "pytorch", "gru"),
    threads=1,
    model={"hidden_size": 4},
    train={"epochs": EPOCHS},
    data={
        "train_sequences": 380,
        "validation_sequences": 40,
        "test_sequences": 10,
        "test_forecasts": 4,
    },
)


def run_of():
    return sized(RUN, load_dataset(RUN))


def job_of(prune_at=None, run=None):
    """A job whose client prunes after this epoch, and its messages."""
    messages, package = [], importlib.import_module("pytorch_impl")

    def reply():
        done = sum(message["event"] == "epoch" for message in messages)
        return {"prune": done == prune_at}

    return Job(
        *(run or run_of(), package, {}, messages.append, reply)
    ), messages


def test_a_trial_has_the_epochs_of_the_run_and_no_score():
    job, messages = job_of()
    found = trial_job(job)
    run = train.train_run(job.run, job.implementation, lambda message: None)
    for name in ("loss", "validation"):
        values = [epoch[name] for epoch in found["epochs"]]
        assert values == [epoch[name] for epoch in run["epochs"]]
    assert found["status"] == "ok"
    assert len(found["epochs"]) == EPOCHS
    assert found["parameters"] == run["parameters"]
    assert not {"scores", "detail", "inference_seconds"} & found.keys()
    events = [m for m in messages if m["event"] == "epoch"]
    assert [m["epoch"] for m in events] == [0, 1, 2]


def test_no_part_of_a_trial_sees_a_test_example(monkeypatch):
    """The split is empty wherever the recorder reads or scores one."""
    seen = []
    real = recorder_module.scored_outputs

    def spied(name, implementation, model, split, *more):
        seen.append(len(split.x))
        return real(name, implementation, model, split, *more)

    def prepared(*given):
        recorders.append(train.prepare(*given))
        return recorders[-1]

    recorders = []
    monkeypatch.setattr(recorder_module, "scored_outputs", spied)
    monkeypatch.setattr(trial_module, "prepare", prepared)
    dataset = load_dataset(RUN)
    assert len(dataset.test.x)
    trial_job(job_of()[0])
    assert seen == [len(dataset.validation.x)] * EPOCHS
    left = recorders[0].dataset
    assert len(left.test.x) == len(left.test.y) == 0
    assert np.array_equal(left.validation.x, dataset.validation.x)


def test_the_client_ends_a_trial_after_an_epoch():
    job, _ = job_of(prune_at=2)
    found = trial_job(job)
    assert found["status"] == "pruned"
    assert [epoch["epoch"] for epoch in found["epochs"]] == [0, 1]
    assert all(epoch["validation"] > 0 for epoch in found["epochs"])


@pytest.mark.parametrize("value", [float("inf"), float("nan")])
def test_a_loss_that_is_not_finite_ends_a_trial(value):
    class Diverging:
        """PyTorch's package, whose second epoch has no finite loss."""

        def __getattr__(self, name):
            return getattr(importlib.import_module("pytorch_impl"), name)

        def fit(self, model, split, spec, on_epoch_end):
            on_epoch_end(0, 1.0)
            on_epoch_end(1, value)

    job, _ = job_of()
    found = trial_job(job._replace(implementation=Diverging()))
    assert found["status"] == "diverged"
    assert len(found["epochs"]) == 2
    assert str(value) in found["error"]

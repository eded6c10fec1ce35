"""Samples of a language task, generated after all measurements."""

from factories.specs import run_spec

from comparisons.worker import train
from comparisons.worker.data import load_dataset
from comparisons.worker.loading import load_implementation
from comparisons.worker.samples import TEMPERATURES
from shared.tasks import sized

RUN = run_spec(
    "charlm",
    "pytorch",
    "gru",
    threads=1,
    model={"hidden_size": 8, "num_layers": 1},
    train={"epochs": 2, "batch_size": 8},
    data={"dataset": "python", "characters": 20_000, "steps": 32},
)


def test_memory_is_measured_before_texts_are_generated(monkeypatch):
    order, right = [], train.samples

    def samples(*args):
        order.append("samples")
        return right(*args)

    def peak():
        order.append("memory")
        return 1.0

    monkeypatch.setattr(train, "samples", samples)
    monkeypatch.setattr(train, "peak_memory_mb", peak)
    implementation = load_implementation(RUN)
    run = sized(RUN, load_dataset(RUN))
    monkeypatch.setattr(implementation, "peak_memory", lambda: 3 * 2**20)
    record = train.train_run(run, implementation, lambda event: None)
    assert record["device_memory_mb"] == 3.0
    assert order == ["memory", "samples"]
    texts = record["detail"]["samples"]
    assert [sample["temperature"] for sample in texts] == [*TEMPERATURES]
    assert all(s["prompt"] and s["text"] for s in texts)
    assert all(record["checks"].values())

"""Each timed region ends with the device's work: times on a clock by hand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from factories.fakes.device import Device, Timed
from factories.specs import run_spec

from comparisons.worker import recorder, train
from comparisons.worker.data import load_dataset
from comparisons.worker.jobs import Job
from comparisons.worker.timing import (
    attention,
    epochs,
    generation,
    padding,
    training,
)
from shared.specs import Split, TrainSpec

SINE = {"train_sequences": 380, "validation_sequences": 40}
SINE |= {"test_sequences": 12, "test_forecasts": 5}
VALIDATION, TEST = 60 - 20, 80 - 20  # windows of 20 and the next value
BATCH = Split(np.zeros((8, 3, 1), "f4"), np.zeros((8, 1), "f4"), None)


@pytest.fixture
def device(monkeypatch):
    device = Device()
    device.replace_clock(
        monkeypatch, train, recorder, attention, epochs, generation, training
    )
    yield device
    assert device.readings


@pytest.fixture
def timed(device):
    return Timed(device)


def sine_run():
    return run_spec("sine", "pytorch", "rnn", data=SINE, train={"epochs": 3})


def test_a_run_times_steps_validation_scores_and_calls(timed, device):
    found = train.train_run(sine_run(), timed, lambda message: None)
    steps = timed.steps * timed.STEP
    seconds = [epoch["seconds"] for epoch in found["epochs"]]
    assert seconds == [timed.COMPILE + steps, steps, steps]
    validation = timed.COMPILE + 3 * VALIDATION * timed.EXAMPLE
    assert found["validation_seconds"] == validation
    assert found["scoring_seconds"] == timed.COMPILE + TEST * timed.EXAMPLE
    parts = sum(seconds) + validation + found["scoring_seconds"]
    assert found["wall_seconds"] == parts
    assert found["checks"]["timings_add_up"]
    assert found["inference_seconds"] == [timed.EXAMPLE] * train.CALLS


def test_clocks_are_read_when_the_device_has_finished(timed, device):
    run = sine_run()
    found = train.prepare(run, timed, lambda message: None)
    device.readings = 0
    timed.fit(None, found.dataset.train, run.train, found.on_epoch_end)
    train._time_inference(found)
    assert device.readings == 2 * run.train.epochs + 2 * (train.CALLS + 3)
    assert device.unsynchronized == 0


def test_a_message_is_not_timed_as_training(timed, device):
    run, sent = sine_run(), []

    def emit(message):
        sent.append(message["event"])
        device.work(16.0)

    found = train.train_run(run, timed, emit)
    assert sent.count("batch") > 1
    steps = timed.steps * timed.STEP
    assert [e["seconds"] for e in found["epochs"][1:]] == [steps, steps]


def test_parts_that_do_not_add_up_to_the_wall_time_are_noticed():
    spec = sine_run().model
    record = {"epochs": [{"loss": 1.0, "seconds": 5.0}], "parameters": 1}
    record |= {"validation_seconds": 3.0, "scoring_seconds": 2.0}
    for wall, right in ((10.0, True), (9.8, False), (10.2, False)):
        checks = train.self_checks({**record, "wall_seconds": wall}, spec)
        assert checks["timings_add_up"] is right
    record["epochs"] *= 2  # the same loss twice
    checks = train.self_checks({**record, "wall_seconds": 15.0}, spec)
    assert not checks["loss_decreased"]


def test_epochs_in_turn_leave_out_those_that_compile(timed):
    spec = TrainSpec(epochs=3, batch_size=8)
    fits = {
        name: lambda on_epoch_end, split=split: timed.fit(
            None, split, spec, on_epoch_end
        )
        for name, split in (
            ("plain", BATCH),
            ("padded", BATCH._replace(lengths=np.full(8, 3))),
        )
    }
    found = epochs.timed_in_turn(fits)
    count = 2 * epochs.TURNS
    steps = timed.steps * timed.STEP
    assert found == {"plain": [steps] * count, "padded": [2 * steps] * count}


def loop_by_hand(device, seconds):
    """An epoch of a loop whose first one compiles."""
    device.enqueue(Timed.COMPILE)
    while True:
        yield float(device.enqueue(seconds))


def test_our_steps_and_loops_by_hand_are_timed_in_turn(
    timed, device, monkeypatch
):
    loops = {"train": loop_by_hand(device, 48.0)}
    loops["train_tuned"] = loop_by_hand(device, 4.0)
    monkeypatch.setattr(training, "minimal_loops", lambda *arguments: loops)
    dataset = load_dataset(sine_run())
    run = sine_run()
    run = replace(run, train=replace(run.train, batch_size=95))
    job = Job(run, timed, {"epochs": 3})  # 380 windows: 4 steps
    found = training.in_turn(job, dataset.train)
    assert found["ours"] == [timed.STEP] * 2
    assert found["loops"] == {"guide": [12.0] * 2, "tuned": [1.0] * 2}
    assert found["minimal"] == found["loops"]["tuned"]
    assert device.unsynchronized == 0


def test_rates_of_products_are_of_finished_ones(device, monkeypatch):
    class Baseline:
        @staticmethod
        def matrix_product(size):
            return lambda: float(device.enqueue(float(size)))

    monkeypatch.setattr(training, "baseline_of", lambda run: Baseline)
    rates = training.product_rates(sine_run())
    # A row of the product is `size` products and as many sums.
    assert rates == [2.0 * training.SIZE**2] * training.PRODUCTS


def test_generated_tokens_are_waited_for(timed):
    found = generation.generate(timed, None, batch=2, length=10)
    assert found == {
        "first": timed.COMPILE + 4 * timed.TOKEN,
        "later": 6 * timed.TOKEN,
        "first_tokens": 4,
        "later_tokens": 6,
    }


def test_searches_are_timed_in_alternation(timed):
    sizes = {"batch_size": 3, "steps": 5, "sources": 9, "targets": 9}
    sizes |= {"beam": 3}
    found = attention.searches(timed, None, sizes)
    assert found["greedy"] == [8.0] * attention.TURNS
    assert found["beam"] == [24.0] * attention.TURNS


def test_steps_are_timed_with_and_without_lengths(timed):
    sizes = {"size": 2, "hidden_size": 3, "batch_size": 8, "steps": 9}
    sizes |= {"shortest": 2, "repeats": 3}
    lengths = padding.padded_batch(sizes).lengths
    assert lengths.min() < lengths.max() == 9
    found = padding.time_lengths(Job(sine_run(), timed, sizes))
    steps = timed.steps * timed.STEP
    for kind, cost in (
        *(("with", 2), ("without", 1), ("packed", 3), ("padded", 2)),
    ):
        assert set(found[kind]) == {cost * steps}
        assert len(found[kind]) >= sizes["repeats"]

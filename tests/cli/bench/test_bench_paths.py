"""What `compare.py bench paths` times, compares, prints, and refuses."""

from __future__ import annotations

import importlib
import math
import time
from dataclasses import replace

import numpy as np
import pytest
from factories.paths import ROUNDS, record
from factories.processes import assert_refused, compare, records
from factories.specs import run_spec

from comparisons.arguments.command_line import parse
from comparisons.bench import paths
from comparisons.bench.map.against import changes
from comparisons.bench.map.draw import draw_map, map_figure
from comparisons.bench.map.table import (
    exponents,
    outer,
    path_times,
    ratio_of,
)
from comparisons.frameworks.paths import PATHS
from comparisons.worker.timing.rounds import timed_rounds
from shared.specs import ModelSpec
from shared.weights.flops import step_flops
from shared.weights.products import Product, layer_products

SLOW = 0.02
"""Seconds of an epoch of the slow training."""


def test_products_are_those_of_the_closed_form():
    spec = ModelSpec(
        cell="lstm", input_size=3, hidden_size=8, output_size=1, num_layers=2
    )
    found = layer_products(spec, batch=4, steps=5)
    head = 3 * 2 * 4 * 8 * 1
    unneeded = 2 * 4 * 5 * 3 * 4 * 8  # the gradient of the first input
    assert sum(p.flops for p in found) == step_flops(spec, 4, 5) - head - (
        unneeded
    )
    assert Product(4, 8, 32, times=5) in found
    assert Product(2, 3, 5, 7).bytes == 4 * (2 * 3 + 3 * 5 + 2 * 5) * 7
    forward = layer_products(spec, 4, 5, training=False)
    assert sum(p.flops for p in forward) * 3 == step_flops(spec, 4, 5) - head


def fit_of(name, log, epochs=99):
    def fit(on_epoch_end):
        for epoch in range(epochs):
            log.append(name)
            time.sleep(SLOW * (name == "b"))
            if on_epoch_end(epoch, 0.0):
                log.append(f"{name} ended")
                return

    return fit


def test_trainings_take_turns_and_the_first_epoch_is_not_counted():
    log = []
    found = timed_rounds({n: fit_of(n, log) for n in "ab"}, 3)
    assert log[:8] == [*"ab", *"ab", *"ba", *"ab"]
    assert sorted(log[8:]) == ["a ended", "b ended"]
    assert {n: len(times) for n, times in found.items()} == {"a": 3, "b": 3}
    assert min(found["b"]) >= SLOW > min(found["a"])


def test_an_error_of_a_training_is_raised_and_ends_the_others():
    def broken(on_epoch_end):
        on_epoch_end(0, 0.0)
        raise ArithmeticError("diverged")

    log = []
    with pytest.raises(ArithmeticError, match="diverged"):
        timed_rounds({"a": fit_of("a", log), "broken": broken}, 3)
    assert log[-1] == "a ended"


def test_the_interval_of_a_ratio_is_that_of_the_sign_test():
    # P(at most 2 of 12 ratios below) = 79 / 4096 = 1.9 %, at most 3: 7.3 %.
    assert [outer(n) for n in (5, 6, 8, 9, 12)] == [0, 0, 0, 1, 2]
    first = [1.0] * ROUNDS
    times = [1.1 + 0.001 * n for n in range(ROUNDS)]
    found = ratio_of(times, first)
    assert found == pytest.approx((1.1055, 1.102, 1.109))
    times[3] = 50.0  # one round under load
    assert ratio_of(times, first).value == pytest.approx(found.value, abs=2e-3)


def test_exponents_are_those_of_the_times():
    rows = [
        record(h, t, {"native": [1e-6 * h**2 * t] * ROUNDS})
        for h in (32, 128, 512)
        for t in (20, 200)
    ]
    found = exponents(path_times(rows))
    assert found == pytest.approx({"H": 2.0, "T": 1.0})
    assert exponents(path_times(rows[:1])) == {}


def test_a_change_is_seen_relative_to_the_products_and_no_other():
    rng = np.random.default_rng(0)

    def noisy(seconds):
        return [seconds * math.exp(0.02 * e) for e in rng.normal(size=ROUNDS)]

    old = record(times={"native": noisy(1.0), "scratch": noisy(2.0)})
    # The machine is half as fast, and native took a quarter longer on it.
    new = record(
        times={"native": noisy(2.5), "scratch": noisy(4.0)},
        products=(2e-3, 2e-3),
    )
    native, scratch = changes([old], [new])
    assert native.settled
    assert native.low < 1.25 < native.high
    assert native.ratio == pytest.approx(1.25, rel=0.03)
    assert not scratch.settled
    assert changes([record(hidden=16)], [new]) == []


def test_the_picture_has_a_row_for_each_path_and_marks_the_slow_one(tmp_path):
    figure = map_figure(path_times([record(), record(hidden=16)]))
    axes, _ = figure.axes
    labels = [tick.get_text() for tick in axes.get_yticklabels()]
    assert labels == ["PyTorch LSTM, native", "PyTorch LSTM, scratch"]
    texts = [text.get_text() for text in axes.texts]
    assert texts.count("2.00") == 2
    draw_map([record()], tmp_path / "paths.png")
    assert (tmp_path / "paths.png").stat().st_size > 1000


def test_rows_are_all_sizes_and_a_loop_is_no_way_to_predict():
    words = ["--frameworks", "keras", "--cells", "gru", "--threads", "1"]
    rows = list(paths.planned(parse("bench paths", words)))
    assert len(rows) == 2 * 3 * 2 * 2
    by_mode = {request["mode"]: request["paths"] for _, request in rows}
    assert by_mode == {
        "training": list(PATHS["keras_impl"]),
        "inference": ["native", "scratch", "bptt", "masked"],
    }


@pytest.mark.parametrize("package", PATHS)
def test_every_path_has_its_loop_and_its_layers(package):
    loops = importlib.import_module(f"{package}.training").LOOPS
    layers = importlib.import_module(f"{package}.recurrent").RECURRENT
    for path in PATHS[package].values():
        assert path.loop in loops
        assert path.impl in layers


def test_rows_are_timed_once_and_printed_with_their_ratio(tmp_path):
    out = tmp_path / "paths"
    command = ("bench", "paths", "--frameworks", "pytorch", "--cells", "rnn")
    command += ("--hidden-sizes", "4", "--lengths", "3", "--batch-sizes", "2")
    command += ("--threads", "1", "--rounds", "6", "--out", out)
    done = compare(*command, "--paths", "native", "padded")
    assert done.code == 0, done
    assert "PyTorch RNN, training" in done.out
    found = records(out, "paths")
    assert [one["mode"] for one in found] == ["training", "inference"]
    for one in found:
        assert {p: len(t) for p, t in one["times"].items()} == {
            "native": 6,
            "padded": 6,
        }
        assert max(one["deviations"].values()) < 1e-5
    assert (out / "paths.png").is_file()
    again = compare(*command, "--paths", "native", "padded", "--against", out)
    assert "0 of 4 paths changed" in again.out
    assert records(out, "paths") == found


@pytest.mark.parametrize(
    ("more", "parts"),
    [
        (("--paths", "nativ"), ["unknown path 'nativ'", "did you mean"]),
        (("--paths", "jax-scan"), ["pytorch has no such path", "scratch"]),
        (("--rounds", "5"), ["at least 6, not 5"]),
        (("--against", "nowhere"), ["'nowhere' has no times of paths"]),
    ],
)
def test_bad_input_is_one_line_and_leaves_no_trace(tmp_path, more, parts):
    command = ("bench", "paths", "--frameworks", "pytorch", *more)
    assert_refused(compare(*command, "--out", tmp_path / "out"), *parts)
    assert not (tmp_path / "out").exists()


def test_a_disturbed_row_is_timed_again(monkeypatch):
    quiet, loaded = [1e-3, 1e-3], [1e-3, 2e-3]
    answers = [loaded, loaded, quiet]
    base = record()

    def ask(*arguments, **request):
        fields = ("mode", "sizes", "times", "deviations", "flops", "bytes")
        known = {name: getattr(base, name) for name in fields}
        return known | {"products": answers.pop(0)}

    monkeypatch.setattr(paths, "ask_once", ask)
    run = replace(run_spec("sine", "pytorch", "lstm"))
    options = parse("bench paths", [])
    found = paths.measured("key", run, {}, options, "compare.py bench paths")
    assert not found.disturbed
    assert answers == []

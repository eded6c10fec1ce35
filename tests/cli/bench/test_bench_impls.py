"""What `compare.py bench impls` times, prints and refuses."""

import importlib
import threading

import pytest
from factories.specs import run_spec

from comparisons.analysis.tables import make_console
from comparisons.arguments.flags.bench import IMPLS_SIZES
from comparisons.bench import impls
from comparisons.records.measurements import BenchImpls
from comparisons.records.record import record_of
from comparisons.worker.jobs import Job
from comparisons.worker.timing.epochs import timed_in_rounds
from comparisons.worker.timing.impls import time_impls
from shared.errors import UserError

SIZES = {"batch_size": 2, "steps": 3, "size": 2, "repeats": 2, "threads": 1}


def test_each_implementation_is_timed_at_each_hidden_size():
    assert SIZES.keys() == IMPLS_SIZES.keys()
    implementation = importlib.import_module("pytorch_impl")
    built, build = [], implementation.build_model

    class Counted:
        def __getattr__(self, name):
            return getattr(implementation, name)

        def build_model(self, spec):
            built.append((spec.hidden_size, spec.impl))
            return build(spec)

    run = run_spec("sine", "pytorch", "gru", threads=1)
    request = {**SIZES, "hidden_sizes": [3, 5], "impls": impls.COMPARED}
    found = time_impls(Job(run, Counted(), request))
    assert built == [(size, impl) for size in (3, 5) for impl in impls.COMPARED]
    assert {name: len(times) for name, times in found["times"].items()} == {
        f"{size} {impl}": 2 for size, impl in built
    }
    assert found["sizes"] == SIZES


def trainer(name, epochs, seen, fails_at=None):
    def fit(on_epoch_end):
        for epoch in range(epochs):
            seen.append((name, epoch))
            if epoch == fails_at:
                raise UserError(f"{name} failed")
            if on_epoch_end(epoch, 0.0):
                break

    return fit


def test_a_round_has_one_epoch_of_each_training():
    seen = []
    fits = {name: trainer(name, 3, seen) for name in "abc"}
    times = timed_in_rounds(fits)
    assert seen == [(name, epoch) for epoch in range(3) for name in "abc"]
    assert {name: len(t) for name, t in times.items()} == {
        "a": 2,
        "b": 2,
        "c": 2,
    }


def test_a_training_that_fails_ends_the_others():
    seen, threads = [], threading.active_count()
    fits = {name: trainer(name, 9, seen) for name in "ac"}
    fits["b"] = trainer("b", 9, seen, fails_at=1)
    with pytest.raises(UserError, match="b failed"):
        timed_in_rounds(fits)
    assert threading.active_count() == threads
    assert max(epoch for _, epoch in seen) <= 2


def test_the_ratio_is_that_of_each_round(capsys):
    found = record_of(
        *("impls", "", run_spec("sine", "jax", "lstm")),
        "compare.py bench impls",
        versions={},
        sizes=SIZES,
        times={"8 native": [0.1, 0.2, 0.4], "8 bptt": [0.05, 0.16, 0.4]},
    )
    assert isinstance(found, BenchImpls)
    assert found.hidden_sizes == [8]
    impls.print_times([found], make_console())
    row = capsys.readouterr().out.splitlines()[-2].split()
    assert row[:5] == ["JAX", "LSTM", "8", "200.00", "160.00"]
    assert row[5:] == ["0.80", "(0.50", "to", "1.00)"]


def test_sizes_that_memory_cannot_hold_are_refused():
    with pytest.raises(UserError, match="memory"):
        impls.main(["--hidden-sizes", "900000"])

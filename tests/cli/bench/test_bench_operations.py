"""What `compare.py bench paths --operations` says of a step's time."""

from __future__ import annotations

import time

import pytest
from factories.implementations import configured
from factories.paths import record
from factories.specs import run_spec
from rich.console import Console

from comparisons.bench.map.operations import operations_table, print_operations
from comparisons.frameworks.paths import PATHS
from comparisons.worker.jobs import Job
from comparisons.worker.timing.operations import traced
from comparisons.worker.timing.operations.kinds import KINDS, by_kind, kind_of
from comparisons.worker.timing.paths import built, operations_of, path_spec

NAMES = {
    "aten::addmm": "products",
    "aten::mm": "products",
    "aten::mkldnn_rnn_layer": "fused layers",
    "mkldnn::_linear_pointwise": "products",
    "aten::sigmoid_": "pointwise",
    "aten::mul": "pointwise",
    "aten::copy_": "data movement",
    "aten::transpose": "data movement",
    "dot.9": "products",
    "ynn_fusion.2": "products",
    "add_tanh_fusion": "pointwise",
    "broadcast_multiply_fusion.1": "pointwise",
    "bitcast_dynamic-update-slice_fusion": "data movement",
    "wrapped_broadcast.3": "data movement",
    "copy.7": "data movement",
    "MatMul": "products",
    "_FusedMatMul": "products",
    "_MklMatMul": "products",
    "_MklTranspose": "data movement",
    "Sigmoid": "pointwise",
    "MatMul_1.1": "products",
    "ConcatV2": "data movement",
    "TensorListSetItem": "data movement",
}
SEEN = ("products", "pointwise", "data movement")
"""Kinds of operations in each step of an RNN without fused layers."""


@pytest.mark.parametrize("name", NAMES)
def test_an_operation_has_its_kind(name):
    assert kind_of(name) == NAMES[name]


def test_kinds_have_the_sums_of_their_operations():
    found = by_kind({"aten::mm": 1.0, "aten::addmm": 0.5, "aten::tanh": 0.25})
    assert found == {
        **dict.fromkeys(KINDS, 0.0),
        "products": 1.5,
        "pointwise": 0.25,
    }


@pytest.mark.parametrize(("seconds", "least"), [(0.01, 0.02), (9.0, 0.0)])
def test_the_first_epoch_is_not_traced_and_overhead_is_what_is_left(
    monkeypatch, seconds, least
):
    log = []

    class Tracer:
        def __enter__(self):
            log.append("begin")
            return self.found

        def __exit__(self, *error):
            log.append("end")
            self.found["dot.1"] = seconds

        found: dict[str, float] = {}

    def fit(on_epoch_end):
        for epoch in range(5):
            log.append(epoch)
            time.sleep(0.03)
            if on_epoch_end(epoch, 0.0):
                return

    module = type("module", (), {"tracing": Tracer})
    monkeypatch.setattr(traced.importlib, "import_module", lambda name: module)
    found = traced.traced_epoch("jax", fit)
    assert log == [0, "begin", 1, "end"]
    assert found["products"] == seconds
    assert least <= found["overhead"] < least + 1
    assert (found["overhead"] == 0) == (least == 0)


@pytest.mark.parametrize(
    ("framework", "library"),
    [
        ("pytorch", "torch"),
        ("keras", "tensorflow"),
        ("keras-jax", "jax"),
        ("keras-torch", "torch"),
        ("jax-scan", "jax"),
    ],
)
def test_what_computes_is_traced(framework, library, monkeypatch):
    """Of Keras, its backend."""
    found = []

    def stop(name):
        found.append(name)
        raise KeyboardInterrupt

    monkeypatch.setattr(traced.importlib, "import_module", stop)
    with pytest.raises(KeyboardInterrupt):
        traced.traced_epoch(framework, lambda on_epoch_end: None)
    assert found == [f"comparisons.bench.loops.tracing.{library}"]


@pytest.mark.parametrize(
    ("package", "path", "names"),
    [
        ("pytorch_impl", "scratch", ("mm", "tanh", "cat")),
        ("keras_impl", "native", ("MatMul", "TanhGrad", "Fill")),
        ("jax_impl", "native", ("dot", "tanh", "copy")),
    ],
)
def test_operations_of_a_step_are_seen_by_their_kind(
    package, path, names, monkeypatch
):
    seen = {}

    def by_kind_seen(seconds):
        seen.update(seconds)
        return by_kind(seconds)

    monkeypatch.setattr(traced, "by_kind", by_kind_seen)
    sizes = {"hidden_size": 384, "steps": 4, "batch_size": 64, "size": 4}
    request = {**sizes, "mode": "training", "rounds": 1, "operations": True}
    implementation = configured(package, "float32")
    run = run_spec("sine", package.partition("_")[0], "rnn", threads=1)
    job = Job(run, implementation, request)
    paths = {path: PATHS[package][path]}
    models = {path: built(job, path_spec("rnn", request), paths[path])}
    (parts,) = operations_of(job, paths, models).values()
    assert set(parts) == {*KINDS, "overhead"}
    for kind, part in zip(SEEN, names, strict=True):
        found = {name: own for name, own in seen.items() if part in name}
        assert {kind_of(name) for name in found} == {kind}
        assert by_kind(found)[kind] > 0
        share = by_kind(seen)[kind] / by_kind(seen)["products"]
        assert parts[kind] == pytest.approx(share * parts["products"])
        assert parts[kind] > 0
    assert operations_of(Job(run, implementation, sizes), paths, models) == {}


def test_rows_have_shares_of_the_traced_step(capsys):
    parts = {"products": 0.006, "fused layers": 0.0, "pointwise": 0.003}
    one = record()
    one.operations = {
        "native": {**parts, "data movement": 0.0, "overhead": 0.003}
    }
    heads, rows = operations_table([record(), one])
    assert heads[-4:] == ["ms", "products", "pointwise", "overhead"]
    (row,) = rows
    assert row == ["PyTorch", "LSTM", "native", "12", "50%", "25%", "25%"]
    other = record(hidden=16)
    other.operations = one.operations
    heads, rows = operations_table([one, other])
    assert heads[:5] == ["framework", "cell", "path", "H", "ms"]
    assert [row[3] for row in rows] == ["8", "16"]
    print_operations([record()], Console(width=80))
    assert capsys.readouterr().out == ""
    print_operations([one], Console(width=80))
    assert "kind of operation" in capsys.readouterr().out

"""The row `jax-cudnn` on a CPU: JAX's reference in the place of cuDNN.

`jax.experimental.rnn.lstm_ref` computes what the call computes, from the same
packed weights, states and lengths.
"""

import importlib
from types import SimpleNamespace

import jax
import numpy as np
import pytest
from factories.implementations import configured, forget_compiled
from flax import nnx
from jax.experimental import rnn

import jax_impl
from comparisons.equivalence.case import Case
from comparisons.equivalence.checks import full_checks
from comparisons.frameworks import get_framework, worker_environment
from jax_impl import recurrent
from jax_impl.device import CURRENT, describe, find_device
from shared.errors import DeviceError, SpecError
from shared.specs import ModelSpec

pytestmark = pytest.mark.jax


@pytest.fixture
def cudnn(monkeypatch):
    """The package as the row has it; the sizes of each call."""
    calls = []

    def lstm(x, h, c, weights, seq_lengths, **sizes):
        calls.append(sizes)
        names = ("input_size", "hidden_size", "num_layers", "bidirectional")
        parts = rnn.unpack_lstm_weights(weights, *map(sizes.get, names))
        # Not all of its arguments are static by name.
        last = [sizes[n] for n in (*names[:3], "dropout", names[3])]
        return rnn.lstm_ref(x, h, c, *parts, seq_lengths, *last)

    monkeypatch.setattr(rnn, "lstm", lstm)
    monkeypatch.setitem(CURRENT, "library", "cudnn")
    find = lambda name: jax.devices("cpu")[0]  # noqa: E731
    monkeypatch.setattr("jax_impl.device.find_device", find)
    forget_compiled("jax_impl")
    yield calls
    forget_compiled("jax_impl")


@pytest.mark.parametrize(
    "case",
    [
        Case("forecaster", "lstm", "values", "native", 2, True, False),
        Case("classifier", "lstm", "onehot", "native", 2, True, True),
        Case("classifier", "lstm", "embedding", "native", 1, False, True),
        Case("language_model", "lstm", "embedding", "native", 2, False, False),
    ],
    ids=str,
)
def test_the_row_is_the_reference_model(cudnn, case):
    implementation = configured("jax_impl", "float32")
    found = full_checks(implementation, case, "float32")
    assert {one.check for one in found} >= {"forward", "gradient", "trajectory"}
    assert [one for one in found if not one.holds] == []
    assert {sizes["bidirectional"] for sizes in cudnn} == {case.bidirectional}


@pytest.mark.parametrize("both", [False, True])
@pytest.mark.parametrize("padded", [False, True])
def test_states_come_in_and_go_out_as_those_of_the_layer(cudnn, both, padded):
    configured("jax_impl", "float32")
    rng = np.random.default_rng(0)
    spec = ModelSpec(cell="lstm", hidden_size=5, bidirectional=both)
    CURRENT["library"] = None
    layer = recurrent.build_layer(spec, 3, nnx.Rngs(0))
    for _, node in nnx.iter_graph(layer):
        if isinstance(node, nnx.Param):  # biases begin as zeros
            node.set_value(rng.normal(size=node.shape).astype("f4"))
    x = rng.normal(size=(2, 4, 3)).astype("f4")
    ends = np.array([4, 2] if padded else [4, 4])
    carry = tuple(rng.normal(size=(2, 5)).astype("f4") for _ in range(2))
    options = {
        "initial_carry": (carry, carry[::-1]) if both else carry,
        "seq_lengths": ends if padded else None,
        "return_carry": True,
    }
    (after, outputs), (expected, values) = (
        one(x, **options) for one in (recurrent.CudnnLayer(layer), layer)
    )
    inside = np.arange(4) < ends[:, None]
    np.testing.assert_allclose(outputs[inside], values[inside], atol=2e-6)
    jax.tree.map(
        lambda a, b: np.testing.assert_allclose(a, b, atol=2e-6),
        *(after, expected),
    )
    assert len(cudnn) == 1


def test_its_kernels_are_those_of_cudnn(cudnn):
    implementation = configured("jax_impl", "float32")
    for impl, path in (("native", "cuDNN"), ("scratch", "XLA:CPU")):
        spec = ModelSpec(cell="lstm", impl=impl, hidden_size=3)
        model = implementation.build_model(spec)
        assert describe(model, False)["kernels"] == path


@pytest.mark.usefixtures("cudnn")
@pytest.mark.parametrize("cell", ["rnn", "gru"])
def test_another_cell_is_refused_in_one_line(cell):
    implementation = configured("jax_impl", "float32")
    with pytest.raises(SpecError, match="jax-cudnn has the cell lstm alone"):
        implementation.build_model(ModelSpec(cell=cell, hidden_size=3))


def test_the_row_needs_a_gpu(monkeypatch):
    monkeypatch.setitem(CURRENT, "library", "cudnn")
    with pytest.raises(DeviceError, match="needs a GPU, not device cpu"):
        find_device("cpu")

    def none(kind):
        raise RuntimeError(f"unknown backend: {kind}")

    monkeypatch.setattr(jax, "devices", none)
    for device in ("auto", "gpu"):
        with pytest.raises(DeviceError, match="jax finds no GPU"):
            find_device(device)


def test_the_row_has_no_bf16(monkeypatch):
    gpu = SimpleNamespace(platform="gpu")
    monkeypatch.setitem(CURRENT, "library", "cudnn")
    monkeypatch.setattr("jax_impl.device.find_device", lambda name: gpu)
    with pytest.raises(SpecError, match="jax-cudnn has no precision bf16"):
        jax_impl.configure("gpu", 1, "bf16", 0)


def test_the_row_selects_the_call_by_its_environment(monkeypatch):
    row = get_framework("jax-cudnn")
    assert (row.devices, row.precisions) == (("auto", "gpu"), ("float32",))
    device = importlib.import_module("jax_impl.device")
    for name, lstm in (("jax", None), ("jax-cudnn", "cudnn")):
        environment = worker_environment(name, "float32", "gpu", 1)
        if lstm:
            monkeypatch.setenv("RNN_LSTM", environment["RNN_LSTM"])
        source = importlib.util.find_spec("jax_impl.device")
        module = importlib.util.module_from_spec(source)
        source.loader.exec_module(module)
        assert module.CURRENT["library"] == lstm
    assert device.CURRENT["library"] is None

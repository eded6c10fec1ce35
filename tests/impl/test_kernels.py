"""The kernel path of a row is that which its layers take."""

from dataclasses import replace

import numpy as np
import pytest
import torch
from factories.implementations import PACKAGES, configured
from factories.processes import program, run
from torch.profiler import profile

from comparisons.frameworks import worker_environment
from shared.decoding.sampling import Sampling, uniforms
from shared.specs import ModelSpec

X = np.array([[1, 2, 3], [3, 1, 0]], np.int32)
LENGTHS = np.array([3, 2], np.int32)


def spec(cell, **fields):
    sizes = {"input_size": 4, "hidden_size": 3, "output_size": 2}
    return ModelSpec("classifier", cell, "onehot", **{**sizes, **fields})


@pytest.mark.torch
@pytest.mark.parametrize("packing", ["off", "on"])
@pytest.mark.parametrize("both", [False, True])
@pytest.mark.parametrize("precision", ["float32", "bf16", "float64"])
@pytest.mark.parametrize("cell", ["rnn", "gru", "lstm"])
def test_onednn_is_named_where_the_profiler_sees_it(
    cell, precision, both, packing
):
    package = configured("pytorch_impl", precision)
    model = package.build_model(spec(cell, bidirectional=both))
    package.device.CURRENT["packing"] = packing
    for lengths in (None, LENGTHS):
        with profile() as profiler:
            package.predict(model, X, lengths)
        seen = {event.name for event in profiler.events()}
        path = "oneDNN" if "aten::mkldnn_rnn_layer" in seen else "ATen"
        padded = lengths is not None
        found = package.describe(model, padded)
        assert found == {"device": "cpu", "kernels": path}
        packed = padded and both and packing == "on"
        fused = cell == "lstm" and precision != "float64" and not packed
        if precision == "bf16":  # on processors with AVX-512 or better
            fused = fused and torch.ops.mkldnn._is_mkldnn_bf16_supported()
        assert path == ("oneDNN" if fused else "ATen")


@pytest.mark.torch
@pytest.mark.parametrize(("texts", "used"), [(1, False), (33, True)])
def test_few_texts_are_generated_without_packing_weights_at_each_step(
    texts, used
):
    package = configured("pytorch_impl", "float32")
    fields = {"model": "language_model", "output_size": 4}
    model = package.build_model(replace(spec("lstm"), **fields))
    prompt, draws = np.zeros((texts, 1), np.int32), uniforms(2, texts, 0)
    with profile() as profiler:
        for _ in package.generate(model, prompt, draws, Sampling()):
            assert torch.backends.mkldnn.enabled  # of what its caller does
    seen = {event.name for event in profiler.events()}
    assert ("aten::mkldnn_rnn_layer" in seen) == used
    with pytest.raises(ZeroDivisionError), package.device.without_onednn(1):
        assert not torch.backends.mkldnn.enabled
        1 / 0  # noqa: B018
    assert torch.backends.mkldnn.enabled


@pytest.mark.torch
def test_cudnn_and_mpsgraph_are_of_layers_that_they_have(monkeypatch):
    package = configured("pytorch_impl", "float32")
    device, cudnn = package.device, torch.backends.cudnn
    models = {
        name: package.build_model(spec(cell, impl=impl))
        for name, cell, impl in (
            ("LSTM", "lstm", "native"),
            ("GRU", "gru", "native"),
            ("scratch", "lstm", "scratch"),
        )
    }

    def paths(kind):
        monkeypatch.setitem(device.CURRENT, "device", torch.device(kind))
        found = {n: package.describe(m, False) for n, m in models.items()}
        assert {one["device"] for one in found.values()} == {
            {"cuda": "H200"}.get(kind, kind)
        }
        return [one["kernels"] for one in found.values()]

    monkeypatch.setattr(torch.cuda, "get_device_name", lambda device: "H200")
    monkeypatch.setattr(cudnn, "version", lambda: 91900)
    assert paths("mps") == ["MPSGraph", "ATen", "ATen"]
    assert paths("cuda") == ["ATen", "ATen", "ATen"]
    monkeypatch.setattr(cudnn, "is_acceptable", lambda weight: True)
    assert paths("cuda") == ["cuDNN 91900", "cuDNN 91900", "ATen"]


@pytest.mark.parametrize("package", PACKAGES)
def test_layers_from_scratch_have_no_kernel_of_their_own(package):
    implementation = configured(package, "float32")
    model = implementation.build_model(spec("lstm", impl="scratch"))
    found = implementation.describe(model, True)
    plain = {"pytorch_impl": "ATen", "keras_impl": "tensorflow backend"}
    expected = {"device": "cpu", "kernels": plain.get(package, "XLA:CPU")}
    assert found == expected


GPU = """
import importlib

import numpy as np

import keras_impl
from shared.specs import ModelSpec

name = keras.config.backend()
backend = importlib.import_module(f"keras.src.backend.{name}.rnn")
calls = []


def recorded(module, function, error):
    original = getattr(module, function)

    def call(*arguments, **options):
        calls.append(function)
        if error:  # no GPU is here
            raise NotImplementedError
        return original(*arguments, **options)

    setattr(module, function, call)


if name == "jax":
    backend._is_gpu_available = lambda: True
    from jax.experimental import rnn

    recorded(rnn, "lstm", True)
for cell in {"jax": ()}.get(name, ("lstm", "gru")):
    if name == "tensorflow":
        backend._is_gpu_available = lambda: True
        recorded(backend, f"_cudnn_{cell}", True)
    else:  # what a tensor on a GPU would leave out
        recorded(backend, f"_fallback_{cell}", False)

x = np.array([[1, 2, 3], [3, 1, 0]], np.int32)
for model, cell, attention, both, padded in (
    ("classifier", "rnn", "none", False, False),
    ("classifier", "gru", "none", False, False),
    ("classifier", "gru", "none", False, True),
    ("classifier", "lstm", "none", True, False),
    ("classifier", "lstm", "none", True, True),
    ("seq2seq", "lstm", "none", False, True),
    ("seq2seq", "lstm", "bahdanau", False, True),
):
    spec = ModelSpec(
        *(model, cell, "embedding", 4),
        embedding_size=3,
        hidden_size=4,
        output_size=4,
        bidirectional=both,
        attention=attention,
    )
    keras_impl.configure("cpu", 1, "float32", 0)
    built = keras_impl.build_model(spec)
    lengths = np.array([3, 2], np.int32) if padded else None
    calls.clear()
    with keras.device("cpu"):
        inputs = np.stack((x, x), -1) if model == "seq2seq" else x
        keras_impl.predict(built, inputs, lengths)
    keras_impl.device.CURRENT["device"] = "gpu"
    found = keras_impl.describe(built, padded)
    case = name, model, cell, attention, both, padded, found
    assert found["device"] == "gpu", case
    assert ("cuDNN" in found["kernels"]) == bool(calls), case
    other = "backend" in found["kernels"]
    masked = padded and name != "tensorflow"
    assert other == (not calls or masked or attention == "bahdanau"), case
"""


@pytest.mark.keras
@pytest.mark.parametrize("framework", ["keras", "keras-jax", "keras-torch"])
def test_keras_names_cudnn_where_it_would_call_it(framework):
    environment = worker_environment(framework, "float32", "cpu", 1)
    done = run(program(framework, GPU), env=environment)
    assert done.code == 0, done

"""Precision, threads and device are those that are configured."""

import importlib
from types import SimpleNamespace

import keras
import pytest
import torch
from factories.implementations import PACKAGES, configured

from shared.errors import DeviceError, SpecError


@pytest.mark.torch
@pytest.mark.parametrize(
    ("precision", "products"),
    [
        *(("float32", "ieee"), ("tf32", "tf32")),
        *(("bf16", "ieee"), ("float64", "ieee")),
    ],
)
def test_pytorch_multiplies_in_the_configured_precision(precision, products):
    configured("pytorch_impl", precision)
    try:
        assert torch.backends.fp32_precision == products
    finally:
        configured("pytorch_impl", "float32")


@pytest.mark.torch
def test_pytorch_uses_the_configured_threads():
    implementation = importlib.import_module("pytorch_impl")
    before = torch.get_num_threads()
    try:
        for threads in (2, 1):
            implementation.configure("cpu", threads, "float32", 0)
            assert torch.get_num_threads() == threads
    finally:
        torch.set_num_threads(before)


@pytest.mark.parametrize("package", PACKAGES)
def test_a_missing_gpu_is_not_replaced_by_a_cpu(package):
    implementation = importlib.import_module(package)
    device = importlib.import_module(f"{package}.device")
    if "cpu" not in str(device.find_device("auto")).lower():
        pytest.skip("this machine has a GPU")
    name = package.removesuffix("_impl")
    with pytest.raises(DeviceError, match=f"{name} finds no GPU"):
        implementation.configure("gpu", 1, "float32", 0)


@pytest.mark.keras
def test_keras_refuses_float64_where_its_backend_lowers_it(monkeypatch):
    implementation = importlib.import_module("keras_impl")
    monkeypatch.setattr(keras.config, "backend", lambda: "jax")
    with pytest.raises(SpecError, match="needs the TensorFlow backend"):
        implementation.configure("cpu", 1, "float64", 0)


@pytest.mark.torch
def test_pytorch_takes_mps_where_it_is_named(monkeypatch):
    device = importlib.import_module("pytorch_impl.device")
    mps = torch.backends.mps
    for available in (True, False):
        monkeypatch.setattr(mps, "is_available", lambda found=available: found)
        assert device.find_device("auto").type != "mps"
        if available:
            assert device.find_device("mps") == torch.device("mps")
        else:
            with pytest.raises(DeviceError, match="finds no MPS"):
                device.find_device("mps")


@pytest.mark.parametrize("package", ["keras_impl", "jax_impl"])
def test_mps_is_of_pytorch_alone(package):
    device = importlib.import_module(f"{package}.device")
    name = package.removesuffix("_impl")
    with pytest.raises(DeviceError, match=f"{name} has no device mps"):
        device.find_device("mps")


@pytest.mark.torch
def test_pytorch_reads_the_peak_of_its_gpu_since_it_was_configured(monkeypatch):
    device, gpu = importlib.import_module("pytorch_impl.device"), []
    assert device.peak_memory() is None
    monkeypatch.setattr(device, "find_device", lambda _: torch.device("cuda"))
    monkeypatch.setattr(torch.cuda, "reset_peak_memory_stats", gpu.append)
    monkeypatch.setattr(torch.cuda, "max_memory_allocated", lambda one: 2**20)
    try:
        device.configure("gpu", 1, "float32", 0)
        assert gpu == [torch.device("cuda")]
        assert device.peak_memory() == 2**20
    finally:
        device.CURRENT["device"] = torch.device("cpu")


STATISTICS = {
    "tensorflow": (
        "config.experimental.get_memory_info",
        lambda name: {"peak": {"GPU:0": 2**20}[name], "current": 1},
        "config.experimental.reset_memory_stats",
    ),
    "torch": (
        "cuda.max_memory_allocated",
        lambda: 2**20,
        "cuda.reset_peak_memory_stats",
    ),
}
"""Backend -> where the peak is read, what it returns, where it is reset."""


@pytest.mark.keras
@pytest.mark.parametrize("backend", STATISTICS)
def test_keras_reads_the_peak_of_its_backend(monkeypatch, backend):
    device, resets = importlib.import_module("keras_impl.device"), []
    assert device.peak_memory() is None
    module, (read, answer, reset) = backend, STATISTICS[backend]
    importlib.import_module(module)
    monkeypatch.setattr(f"{module}.{read}", answer)
    monkeypatch.setattr(f"{module}.{reset}", lambda *gpu: resets.append(gpu))
    monkeypatch.setattr(keras.config, "backend", lambda: backend)
    monkeypatch.setattr(device, "find_device", lambda _: "gpu")
    try:
        device.configure("gpu", 1, "float32", 0)
        assert len(resets) == 1
        assert device.peak_memory() == 2**20
    finally:
        device.CURRENT["device"] = "cpu"


@pytest.mark.jax
@pytest.mark.parametrize("package", ["jax_impl", "keras_impl"])
def test_jax_reads_the_peak_of_its_gpu(monkeypatch, package):
    device = importlib.import_module(f"{package}.device")
    stats = {"peak_bytes_in_use": 2**20, "bytes_in_use": 1}
    gpu = SimpleNamespace(platform="gpu", memory_stats=lambda: stats)
    config = SimpleNamespace(jax_default_device=gpu)
    fake = SimpleNamespace(config=config, devices=lambda: [gpu])
    assert device.peak_memory() is None
    monkeypatch.setattr(keras.config, "backend", lambda: "jax")
    monkeypatch.setitem(device.CURRENT, "device", "gpu")
    if package == "jax_impl":
        monkeypatch.setattr(device, "jax", fake)
    else:
        monkeypatch.setattr(device, "import_module", {"jax": fake}.get)
    assert device.peak_memory() == 2**20
    gpu.memory_stats = lambda: None  # a plugin need not count
    assert device.peak_memory() is None

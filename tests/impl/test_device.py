"""Precision, threads and device are those that are configured."""

import importlib

import keras
import pytest
import torch
from factories.implementations import PACKAGES, configured

from shared.errors import DeviceError, SpecError


@pytest.mark.torch
@pytest.mark.parametrize(
    ("precision", "products"),
    [("float32", "ieee"), ("tf32", "tf32"), ("float64", "ieee")],
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
    monkeypatch.setitem(device.CURRENT, "device", torch.device("mps"))
    assert device.describe() == {"device": "mps", "kernels": "MPSGraph"}


@pytest.mark.parametrize("package", ["keras_impl", "jax_impl"])
def test_mps_is_of_pytorch_alone(package):
    device = importlib.import_module(f"{package}.device")
    name = package.removesuffix("_impl")
    with pytest.raises(DeviceError, match=f"{name} has no device mps"):
        device.find_device("mps")

"""Device, threads and precision, set before the first tensor."""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from functools import partial

import numpy as np
import torch
from torch import nn

from shared.errors import DeviceError
from shared.specs import Batch, Split

PRECISIONS = {
    "float32": (torch.float32, "ieee"),
    "tf32": (torch.float32, "tf32"),
    "bf16": (torch.float32, "ieee"),  # and `autocast` around the model
    "float64": (torch.float64, "ieee"),
}

CURRENT = {"device": torch.device("cpu"), "packing": "auto"}
CURRENT.update(autocast=nullcontext)  # until bf16 is configured


def configure(device: str, threads: int, precision: str, seed: int) -> None:
    """Set device, threads, precision and seed; no such GPU: DeviceError."""
    CURRENT.update(device=find_device(device), packing="auto")
    # PyTorch rounds to bfloat16 in a context, around each forward pass.
    CURRENT["autocast"] = partial(
        *(torch.autocast, CURRENT["device"].type, torch.bfloat16),
        enabled=precision == "bf16",
    )
    # PyTorch takes threads at any time, so that 0 must restore what it found.
    found = CURRENT.setdefault("threads", torch.get_num_threads())
    torch.set_num_threads(threads or found)
    dtype, products = PRECISIONS[precision]
    torch.set_default_dtype(dtype)
    torch.backends.fp32_precision = products
    torch.manual_seed(seed)
    if CURRENT["device"].type == "cuda":
        torch.cuda.reset_peak_memory_stats(CURRENT["device"])


def find_device(device: str) -> torch.device:
    """The device of this name; "auto" takes a GPU where there is one."""
    if device == "mps":
        if not torch.backends.mps.is_available():
            raise DeviceError("pytorch finds no MPS on this machine")
        return torch.device("mps")
    available = torch.cuda.is_available()
    if device == "gpu" and not available:
        raise DeviceError("pytorch finds no GPU on this machine")
    return torch.device("cuda" if available and device != "cpu" else "cpu")


def versions() -> dict[str, str]:
    """Package name -> version."""
    return {"torch": torch.__version__}


def describe(model: nn.Module, padded: bool) -> dict[str, str]:
    """The device in use, and the kernels of the model's recurrent layers."""
    device = CURRENT["device"]
    name = device.type
    if name == "cuda":
        name = torch.cuda.get_device_name(device)
    return {"device": name, "kernels": kernels(model, padded)}


def kernels(model: nn.Module, padded: bool) -> str:
    """What computes the recurrent layers, by the framework's conditions."""
    device, onednn = CURRENT["device"].type, torch.backends.mkldnn

    # The conditions of ATen/native/RNN.cpp, the same with and without
    # gradients; layers from scratch are operations of ATen.
    def library(layer: nn.RNNBase) -> str:
        weight = layer.weight_hh_l0
        if torch.backends.cudnn.is_acceptable(weight):
            return f"cuDNN {torch.backends.cudnn.version()}"
        if not isinstance(layer, nn.LSTM) or device == "cuda":
            return "ATen"
        if device == "mps":
            return "MPSGraph"
        packed = padded and layer.bidirectional and CURRENT["packing"] == "on"
        single = weight.dtype == torch.float32
        fused = onednn.is_available() and onednn.enabled
        with CURRENT["autocast"]():
            rounded = torch.is_autocast_enabled("cpu")
        if rounded and not torch.ops.mkldnn._is_mkldnn_bf16_supported():
            return "ATen"
        return "oneDNN" if fused and single and not packed else "ATen"

    layers = [m for m in model.modules() if isinstance(m, nn.RNNBase)]
    return ", ".join(dict.fromkeys(map(library, layers))) or "ATen"


def peak_memory() -> int | None:
    """Bytes of the GPU that were in use at once; None on another device."""
    if CURRENT["device"].type != "cuda":
        return None
    return torch.cuda.max_memory_allocated(CURRENT["device"])


def to_device(array: np.ndarray | None) -> torch.Tensor | None:
    """A tensor on the device; floats in the configured precision."""
    if array is None:
        return None
    tensor = torch.from_numpy(array)
    if tensor.is_floating_point():
        return tensor.to(CURRENT["device"], torch.get_default_dtype())
    if tensor.dtype == torch.bool:
        return tensor.to(CURRENT["device"])
    return tensor.to(CURRENT["device"], torch.int64)


def batch_to_device(batch: Split | Batch) -> tuple[torch.Tensor | None, ...]:
    """The arrays of a batch as tensors on the device."""
    return tuple(to_device(array) for array in batch)


# oneDNN packs the weights of an LSTM anew at each call, which for one time step
# takes longer than the step itself.
@contextmanager
def without_onednn(rows: int, most: int = 32) -> Iterator[None]:
    """Context in which ATen computes one step of at most so many rows."""
    onednn = torch.backends.mkldnn
    before = onednn.enabled
    onednn.enabled = before and rows > most
    try:
        yield
    finally:
        onednn.enabled = before

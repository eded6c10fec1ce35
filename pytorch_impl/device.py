"""Device, threads and precision, set before the first tensor."""

import numpy as np
import torch

from shared.errors import DeviceError
from shared.specs import Batch, Split

PRECISIONS = {
    "float32": (torch.float32, "ieee"),
    "tf32": (torch.float32, "tf32"),
    "float64": (torch.float64, "ieee"),
}

CURRENT = {"device": torch.device("cpu"), "packing": "auto"}


def configure(device: str, threads: int, precision: str, seed: int) -> None:
    """Set device, threads, precision and seed; no such GPU: DeviceError."""
    CURRENT.update(device=find_device(device), packing="auto")
    # PyTorch takes threads at any time, so that 0 must restore what it found.
    found = CURRENT.setdefault("threads", torch.get_num_threads())
    torch.set_num_threads(threads or found)
    dtype, products = PRECISIONS[precision]
    torch.set_default_dtype(dtype)
    torch.backends.fp32_precision = products
    torch.manual_seed(seed)


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


def describe() -> dict[str, str]:
    """The device in use and the kernels that run on it."""
    device = CURRENT["device"]
    if device.type == "mps":
        return {"device": "mps", "kernels": "MPSGraph"}
    if device.type == "cuda":
        kernels = f"cuDNN {torch.backends.cudnn.version()}"
        return {
            "device": torch.cuda.get_device_name(device),
            "kernels": kernels,
        }
    onednn = torch.backends.mkldnn.is_available()
    return {"device": "cpu", "kernels": "oneDNN" if onednn else "ATen"}


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

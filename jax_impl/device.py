"""Device, threads and precision, set before the first array."""

import os

import flax
import jax
import jax.numpy as jnp
import jaxlib
import numpy as np
import optax
from flax import nnx

from shared.errors import DeviceError, SpecError
from shared.specs import Split

PRECISIONS = {
    "float32": (jnp.float32, "highest"),
    "tf32": (jnp.float32, "tensorfloat32"),
    "bf16": (jnp.float32, "BF16_BF16_F32"),
    "float64": (jnp.float64, "highest"),
}

CURRENT = {"dtype": jnp.float32, "seed": 0, "library": os.getenv("RNN_LSTM")}


def configure(device: str, threads: int, precision: str, seed: int) -> None:
    """Set device, threads, precision and seed; no such GPU: DeviceError."""
    if threads:
        # Read when the client starts: later calls change nothing.
        os.environ["PJRT_NPROC"] = str(threads)
    chosen = find_device(device)
    if precision == "bf16" and chosen.platform == "cpu":
        # XLA for CPUs ignores the algorithm of a product.
        raise DeviceError("jax has no precision bf16 on a CPU, on a GPU alone")
    if precision == "bf16" and CURRENT["library"] == "cudnn":
        raise SpecError("jax-cudnn has no precision bf16: cuDNN has none here")
    jax.config.update("jax_default_device", chosen)
    dtype, products = PRECISIONS[precision]
    jax.config.update("jax_enable_x64", dtype == jnp.float64)
    jax.config.update("jax_default_matmul_precision", products)
    CURRENT.update(dtype=dtype, seed=seed)


def find_device(device: str) -> jax.Device:
    """The device of this name; "auto" takes a GPU where there is one."""
    if device == "mps":
        raise DeviceError("jax has no device mps, which is of PyTorch alone")
    cudnn = CURRENT["library"] == "cudnn"
    if device == "cpu" and cudnn:
        raise DeviceError("jax-cudnn needs a GPU, not device cpu")
    if device == "cpu":
        jax.config.update("jax_platforms", "cpu")  # a GPU is left alone
        return jax.devices("cpu")[0]
    try:
        return jax.devices("gpu")[0]
    except RuntimeError:
        if device == "gpu" or cudnn:
            message = "jax finds no GPU on this machine"
            raise DeviceError(message) from None
        return jax.devices("cpu")[0]


def versions() -> dict[str, str]:
    """Package name -> version."""
    modules = (jax, jaxlib, flax, optax)
    return {module.__name__: module.__version__ for module in modules}


def describe(model: nnx.Module, padded: bool) -> dict[str, str]:
    """The device in use, and the kernels of the model's recurrent layers."""
    device = jax.config.jax_default_device or jax.devices()[0]
    name = device.device_kind
    if device.platform == "cpu":
        name = "cpu"
    return {"device": name, "kernels": kernels(model, padded)}


def kernels(model: nnx.Module, padded: bool) -> str:
    """What computes the recurrent layers, by the framework's conditions."""
    # A layer of NNX is a scan, which XLA compiles on every device.
    if CURRENT["library"] == "cudnn" and model.spec.impl == "native":
        return "cuDNN"
    device = jax.config.jax_default_device or jax.devices()[0]
    return f"XLA:{device.platform.upper()}"


def peak_memory() -> int | None:
    """Bytes of the GPU that were in use at once; None on another device."""
    # JAX counts from the start of the process.
    device = jax.config.jax_default_device or jax.devices()[0]
    if device.platform == "cpu":
        return None
    return (device.memory_stats() or {}).get("peak_bytes_in_use")


def to_device(array: np.ndarray | None) -> jax.Array | None:
    """A tensor on the device; floats in the configured precision."""
    if array is None:
        return None
    floating = np.issubdtype(array.dtype, np.floating)
    return jnp.asarray(array, CURRENT["dtype"] if floating else None)


def batch_to_device(batch: Split) -> tuple[jax.Array | None, ...]:
    """The arrays of a batch as tensors on the device."""
    return tuple(to_device(array) for array in batch)

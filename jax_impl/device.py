"""Device, threads and precision, set before the first array."""

import os

import flax
import jax
import jax.numpy as jnp
import jaxlib
import numpy as np
import optax

from shared.errors import DeviceError
from shared.specs import Split

PRECISIONS = {
    "float32": (jnp.float32, "highest"),
    "tf32": (jnp.float32, "tensorfloat32"),
    "float64": (jnp.float64, "highest"),
}

CURRENT = {"dtype": jnp.float32, "seed": 0}


def configure(device: str, threads: int, precision: str, seed: int) -> None:
    """Set device, threads, precision and seed; no such GPU: DeviceError."""
    if threads:
        # Read when the client starts: later calls change nothing.
        os.environ["PJRT_NPROC"] = str(threads)
    jax.config.update("jax_default_device", find_device(device))
    dtype, products = PRECISIONS[precision]
    jax.config.update("jax_enable_x64", dtype == jnp.float64)
    jax.config.update("jax_default_matmul_precision", products)
    CURRENT.update(dtype=dtype, seed=seed)


def find_device(device: str) -> jax.Device:
    """The device of this name; "auto" takes a GPU where there is one."""
    if device == "mps":
        raise DeviceError("jax has no device mps, which is of PyTorch alone")
    if device == "cpu":
        jax.config.update("jax_platforms", "cpu")  # a GPU is left alone
        return jax.devices("cpu")[0]
    try:
        return jax.devices("gpu")[0]
    except RuntimeError:
        if device == "gpu":
            message = "jax finds no GPU on this machine"
            raise DeviceError(message) from None
        return jax.devices("cpu")[0]


def versions() -> dict[str, str]:
    """Package name -> version."""
    modules = (jax, jaxlib, flax, optax)
    return {module.__name__: module.__version__ for module in modules}


def describe() -> dict[str, str]:
    """The device in use and the kernels that run on it."""
    device = jax.config.jax_default_device or jax.devices()[0]
    kernels = f"XLA:{device.platform.upper()}"
    if device.platform == "cpu":
        return {"device": "cpu", "kernels": kernels}
    return {"device": device.device_kind, "kernels": kernels}


def to_device(array: np.ndarray | None) -> jax.Array | None:
    """A tensor on the device; floats in the configured precision."""
    if array is None:
        return None
    floating = np.issubdtype(array.dtype, np.floating)
    return jnp.asarray(array, CURRENT["dtype"] if floating else None)


def batch_to_device(batch: Split) -> tuple[jax.Array | None, ...]:
    """The arrays of a batch as tensors on the device."""
    return tuple(to_device(array) for array in batch)

"""Device, threads and precision, set before the first tensor.

Keras has no switch for threads or TF32. Whoever starts the process sets
them, as each backend reads them from the environment when it is loaded.
"""

from collections.abc import Callable
from functools import lru_cache
from importlib import import_module, metadata

import keras
import numpy as np

from shared.errors import DeviceError, SpecError
from shared.specs import Batch, Split
from shared.weights.seq2seq import INPUT_FEEDING

PRECISIONS = {
    "float32": ("float32", "float32"),
    "tf32": ("float32", "float32"),
    "bf16": ("float32", "mixed_bfloat16"),
    "float64": ("float64", "float64"),
}

CURRENT = {"device": "cpu"}


def configure(device: str, threads: int, precision: str, seed: int) -> None:
    """Set device, threads, precision and seed; no such GPU: DeviceError."""
    CURRENT["device"] = find_device(device)
    if precision == "float64" and keras.config.backend() != "tensorflow":
        raise SpecError(
            "precision float64 needs the TensorFlow backend; "
            f"on {keras.config.backend()} Keras lowers it to float32"
        )
    keras.utils.clear_session(free_memory=False)  # names start afresh
    dtype, policy = PRECISIONS[precision]
    keras.config.set_floatx(dtype)
    keras.config.set_dtype_policy(policy)
    keras.utils.set_random_seed(seed)
    if CURRENT["device"] == "gpu":
        backend = keras.config.backend()
        reset = {
            "tensorflow": lambda tf: tf.config.experimental.reset_memory_stats(
                "GPU:0"
            ),
            "torch": lambda torch: torch.cuda.reset_peak_memory_stats(),
        }.get(backend, id)
        reset(import_module(backend))


def find_device(device: str) -> str:
    """The device of this name; "auto" takes a GPU where there is one."""
    if device == "mps":
        raise DeviceError("keras has no device mps, which is of PyTorch alone")
    # Every backend puts a tensor on the GPU where it finds one.
    available = "cpu" not in str(keras.ops.zeros(1).device).lower()
    if device == "gpu" and not available:
        raise DeviceError("keras finds no GPU on this machine")
    return "gpu" if available and device != "cpu" else "cpu"


def versions() -> dict[str, str]:
    """Package name -> version."""
    backend = keras.config.backend()
    return {"keras": keras.__version__, backend: metadata.version(backend)}


def describe(model: keras.Model, padded: bool) -> dict[str, str]:
    """The device in use, and the kernels of the model's recurrent layers."""
    return {"device": CURRENT["device"], "kernels": kernels(model, padded)}


def kernels(model: keras.Model, padded: bool) -> str:
    """What computes the recurrent layers, by the framework's conditions."""
    backend, layers = keras.config.backend(), keras.layers
    # Those of keras.src.backend.*.rnn: what each backend hands to cuDNN, and
    # whether with a mask. A layer whose cell another loop calls is not.
    fused, masks = {
        "tensorflow": ((layers.LSTM, layers.GRU), True),
        "jax": (layers.LSTM, False),
        "torch": ((layers.LSTM, layers.GRU), False),
    }[backend]
    decoder = getattr(model, "decoder", None)  # reads no lengths
    inner = [] if decoder is None else decoder._flatten_layers()
    own = set(map(id, inner))
    looped = own if INPUT_FEEDING[model.spec.attention] else ()

    def library(layer: keras.layers.RNN) -> str:
        if CURRENT["device"] != "gpu" or not isinstance(layer, fused):
            return f"{backend} backend"
        masked = padded and id(layer) not in own
        chosen = layer.use_cudnn and masks >= masked
        if chosen and id(layer) not in looped:
            return "cuDNN"
        return f"{backend} backend"

    found = [m for m in model._flatten_layers() if isinstance(m, layers.RNN)]
    return ", ".join(dict.fromkeys(map(library, found)))


def peak_memory() -> int | None:
    """Bytes of the GPU that were in use at once; None on another device."""
    if CURRENT["device"] != "gpu":
        return None
    # Keras has no function for it; that of JAX counts from the start.
    backend = keras.config.backend()
    read = {
        "tensorflow": lambda tf: tf.config.experimental.get_memory_info(
            "GPU:0"
        )["peak"],
        "jax": lambda jax: (jax.devices()[0].memory_stats() or {}).get(
            "peak_bytes_in_use"
        ),
        "torch": lambda torch: torch.cuda.max_memory_allocated(),
    }[backend]
    return read(import_module(backend))


def to_device(array: np.ndarray | None) -> np.ndarray | None:
    """A tensor on the device; floats in the configured precision."""
    # Keras moves numpy arrays to the device itself.
    if array is None or array.dtype.kind != "f":
        return array
    return array.astype(keras.config.floatx(), copy=False)


def batch_to_device(batch: Split | Batch) -> tuple[dict, np.ndarray]:
    """The arrays of a batch as tensors on the device."""
    # Keras takes one structure of inputs; what is None does not belong to it.
    inputs = batch._asdict()
    y = to_device(inputs.pop("y"))
    return {n: to_device(a) for n, a in inputs.items() if a is not None}, y


class Compiled(keras.Model):
    """A function of a model and tensors as a model: Keras compiles these."""

    # Keras has no `jit` for a function; `predict_on_batch` compiles `call`.
    def __init__(self, function: Callable, model: keras.Model, options: tuple):
        super().__init__(name="compiled")
        self.function = function
        self.model, self.options = model, options

    def call(self, inputs: tuple):
        """The function of the tensors."""
        return self.function(self.model, *self.options, *inputs)


@lru_cache(maxsize=8)
def compiled(function: Callable, model: keras.Model, *options) -> Callable:
    """function(model, *options, *tensors) of arrays, traced once a shape."""
    compiled_model = Compiled(function, model, options)

    def call(*arrays):
        with keras.device(CURRENT["device"]):
            return compiled_model.predict_on_batch(arrays)

    return call

"""Arguments of an answer as tensors of its framework, and outputs back."""

import importlib
from collections.abc import Callable, MutableMapping
from copy import deepcopy
from typing import Any, NamedTuple

import numpy as np

from comparisons.frameworks import get_framework, worker_environment
from comparisons.worker.loading import hidden


class Conversion(NamedTuple):
    """How a framework makes a tensor of an array.

    module, function: what converts; kind: what it calls its arrays; integer:
    the type that its indices have; also: what else is imported before the time
    of an answer begins, as an optimizer of PyTorch imports its compiler.
    """

    module: str
    function: str
    kind: str
    integer: type = np.int32
    also: tuple[str, ...] = ()


CONVERSIONS = {
    "pytorch": Conversion(
        "torch", "from_numpy", "torch.Tensor", np.int64, ("torch._dynamo",)
    ),
    "keras": Conversion("keras.ops", "convert_to_tensor", "tensor of Keras"),
    "jax": Conversion("jax.numpy", "asarray", "jax.Array", also=("optax",)),
}


def prepare(framework: str, environment: MutableMapping[str, str]) -> None:
    """Import the framework as a worker does, its environment set before."""
    environment.update(worker_environment(framework, "float32", "cpu", 1))
    with hidden(get_framework(framework).unneeded):
        conversion = CONVERSIONS[framework]
        for name in (conversion.module, *conversion.also):
            importlib.import_module(name)


def to_tensors(framework: str, arguments: tuple[Any, ...]) -> list[Any]:
    """New tensors of the arrays, float32; copies of all other arguments."""
    return [
        to_tensor(framework, value)
        if isinstance(value, np.ndarray)
        else deepcopy(value)
        for value in arguments
    ]


def to_tensor(framework: str, array: np.ndarray) -> Any:
    conversion = CONVERSIONS[framework]
    module = importlib.import_module(conversion.module)
    types = {"f": np.float32, "i": conversion.integer, "b": np.bool_}
    convert: Callable[[np.ndarray], Any] = getattr(module, conversion.function)
    return convert(array.astype(types[array.dtype.kind]))


def to_numpy(value: Any) -> Any:
    """An array of a tensor, also of one in a graph; a list of a list."""
    if isinstance(value, list | tuple):
        return [to_numpy(one) for one in value]
    if hasattr(value, "detach"):  # PyTorch refuses what has a gradient
        value = value.detach()
    return np.asarray(value)

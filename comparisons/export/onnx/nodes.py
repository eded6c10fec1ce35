"""Nodes and constants of an ONNX graph."""

from typing import Any

import numpy as np

from shared.specs import Array

FLOAT, INT32, INT64 = 1, 6, 7
"""Types of the standard (`onnx.TensorProto`)."""

LAST = 2**31 - 1
"""An end of a slice past every end."""


def integers(values: int | list[int]) -> Array:
    return np.array(values, np.int64)


class Graph:
    """Nodes and constants as they are added."""

    def __init__(self) -> None:
        self.nodes: list[Any] = []
        self.constants: dict[str, Array] = {}

    def add(
        self,
        operator: str,
        *inputs: str | Array,
        outputs: Any = "",
        **more: Any,
    ) -> str:
        """Add a node, arrays as constants; the name of its first output."""
        from onnx import helper

        names = [x if isinstance(x, str) else self.constant(x) for x in inputs]
        results = outputs or f"{operator}_{len(self.nodes)}"
        results = [results] if isinstance(results, str) else results
        self.nodes.append(helper.make_node(operator, names, results, **more))
        return str(results[0])

    def constant(self, array: Array, name: str = "") -> str:
        name = name or f"constant_{len(self.constants)}"
        self.constants[name] = np.asarray(array)
        return name


def single_precision(array: Array) -> Array:
    """Floats in single precision, contiguous."""
    kind = np.float32 if array.dtype.kind == "f" else array.dtype
    return np.ascontiguousarray(array, kind).reshape(array.shape)

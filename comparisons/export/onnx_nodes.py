"""Nodes of an ONNX graph, and what pools the outputs of all steps."""

from typing import Any

import numpy as np

from shared.specs import Array, ModelSpec

LOWEST = np.array(-1e30, np.float32)
"""Of steps past an end, below every output."""

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


def pooled(
    graph: Graph, spec: ModelSpec, outputs: str, states: list[str]
) -> str:
    """What the head reads: (B, P)."""
    names = spec.pooling.split("+")
    found = [POOLS[name](graph, outputs, states[0]) for name in names]
    return graph.add("Concat", *found, axis=-1)


def last(graph: Graph, outputs: str, h: str) -> str:
    """The last h of each direction, at the sequence's own end: (B, H')."""
    batch_first = graph.add("Transpose", h, perm=[1, 0, 2])
    return graph.add("Reshape", batch_first, integers([0, -1]))


def mean(graph: Graph, outputs: str, h: str) -> str:
    """Over the steps before the end: (B, H')."""
    kept = graph.add("Where", inside(graph), outputs, np.array(0, np.float32))
    total = graph.add("ReduceSum", kept, integers([0]), keepdims=0)
    count = graph.add("Cast", "lengths", to=FLOAT)
    column = graph.add("Unsqueeze", count, integers([1]))
    return graph.add("Div", total, column)


def maximum(graph: Graph, outputs: str, h: str) -> str:
    """Over the steps before the end: (B, H')."""
    kept = graph.add("Where", inside(graph), outputs, LOWEST)
    return graph.add("ReduceMax", kept, axes=[0], keepdims=0)


def inside(graph: Graph) -> str:
    """Whether a step is before the sequence's end: (T, B, 1)."""
    shape = graph.add("Shape", "x")
    steps = graph.add("Gather", shape, integers(1))
    zero, one = integers(0), integers(1)
    numbers = graph.add("Range", zero, steps, one)  # (T,)
    column = graph.add("Unsqueeze", numbers, integers([1]))
    ends = graph.add("Cast", "lengths", to=INT64)
    mask = graph.add("Less", column, ends)  # (T, B)
    return graph.add("Unsqueeze", mask, integers([2]))


POOLS = {"last": last, "mean": mean, "max": maximum}


def single_precision(array: Array) -> Array:
    """Floats in single precision, contiguous."""
    kind = np.float32 if array.dtype.kind == "f" else array.dtype
    return np.ascontiguousarray(array, kind).reshape(array.shape)

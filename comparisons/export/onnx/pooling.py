"""The outputs of all steps as what the head reads."""

import numpy as np

from comparisons.export.onnx.nodes import FLOAT, INT64, Graph, integers
from shared.specs import ModelSpec

LOWEST = np.array(-1e30, np.float32)
"""Of steps past an end, below every output."""


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

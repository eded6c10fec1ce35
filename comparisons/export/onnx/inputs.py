"""The vectors of each step in an ONNX graph, from x."""

import numpy as np

from comparisons.export.model import has_columns
from comparisons.export.onnx.layers import layer
from comparisons.export.onnx.nodes import INT32, LAST, Graph, integers
from comparisons.export.onnx.pooling import last
from shared.specs import ModelSpec, Weights
from shared.weights.layout import char_column, char_spec


def vectors_of(graph: Graph, spec: ModelSpec, weights: Weights) -> str:
    """The layers' inputs: x -> (B, T, D)."""
    if not has_columns(spec):
        return encoded(graph, spec, weights, "x")
    word = graph.add("Gather", "x", integers(0), axis=2)  # (B, T)
    vectors = [encoded(graph, spec, weights, word)]
    if spec.shape_size:
        shape = graph.add("Gather", "x", integers(1), axis=2)
        vectors.append(graph.add("Gather", weights["shapes.table"], shape))
    if spec.char_encoder:
        vectors.append(characters(graph, spec, weights))
    return graph.add("Concat", *vectors, axis=-1)


def encoded(graph: Graph, spec: ModelSpec, weights: Weights, x: str) -> str:
    """Values as they are; of indices (B, T) the vectors (B, T, E)."""
    if spec.input == "embedding":
        return graph.add("Gather", weights["embedding.table"], x)
    if spec.input == "onehot":
        depth, off_on = integers(spec.input_size), np.array([0, 1], np.float32)
        return graph.add("OneHot", x, depth, off_on)
    return x


def characters(graph: Graph, spec: ModelSpec, weights: Weights) -> str:
    """The last h of both directions over each word's characters: (B, T, 2H)."""
    first, end, axis = ([n] for n in (char_column(spec), LAST, 2))
    spelling = graph.add("Slice", "x", *map(integers, (first, end, axis)))
    words = graph.add("Flatten", spelling, axis=2)  # (B·T, C)
    used = graph.add("Cast", graph.add("Greater", words, integers(0)), to=INT32)
    ends = graph.add("ReduceSum", used, integers([1]), keepdims=0)
    ends = graph.add("Max", ends, np.array([1], np.int32))  # of padding
    inner, name = char_spec(spec), "characters."
    table = weights[f"{name}embedding.table"]
    vectors = graph.add("Gather", table, words)  # (B·T, C, E)
    vectors = graph.add("Transpose", vectors, perm=[1, 0, 2])
    _, h, *_ = layer(graph, inner, weights, f"{name}rnn.0.", vectors, ends)
    both = last(graph, "", h)  # (B·T, 2H)
    shape = graph.add("Shape", "x", end=2)
    shape = graph.add("Concat", shape, integers([-1]), axis=0)
    return graph.add("Reshape", both, shape)

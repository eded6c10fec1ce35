"""What the head reads of all steps, and the head, in numpy."""

from collections.abc import Callable

import numpy as np

from shared.reference.stack import Stack
from shared.specs import Array, ModelSpec, Weights
from shared.weights.layout import EVERY_STEP

Gradients = tuple[Array, Array]
"""Gradients by the outputs (B, T, H') and the last states (B, H')."""


def last(stack: Stack) -> Array:
    return stack.last  # (B, H')


def last_backward(stack: Stack, d_pooled: Array) -> Gradients:
    return np.zeros(stack.outputs.shape), d_pooled


def mean(stack: Stack) -> Array:
    """Mean over the valid steps: (B, H')."""
    total = np.sum(stack.outputs * stack.mask, axis=1)
    return total / stack.mask.sum(axis=1)


def mean_backward(stack: Stack, d_pooled: Array) -> Gradients:
    """Each of n steps receives 1/n of the gradient."""
    parts = stack.mask / stack.mask.sum(axis=1, keepdims=True)
    return parts * d_pooled[:, None], np.zeros(stack.last.shape)


def maximum(stack: Stack) -> Array:
    """Maximum of each unit over the valid steps: (B, H')."""
    masked = np.where(stack.mask, stack.outputs, -np.inf)
    return np.asarray(masked.max(axis=1))


def maximum_backward(stack: Stack, d_pooled: Array) -> Gradients:
    """The gradient goes to the maximum; ties share it equally."""
    best = stack.mask & (stack.outputs == maximum(stack)[:, None])
    parts = best / best.sum(axis=1, keepdims=True)
    return parts * d_pooled[:, None], np.zeros(stack.last.shape)


def mean_and_maximum(stack: Stack) -> Array:
    """Concatenation: (B, 2H')."""
    return np.concatenate([mean(stack), maximum(stack)], axis=1)


def mean_and_maximum_backward(stack: Stack, d_pooled: Array) -> Gradients:
    d_mean, d_maximum = np.split(d_pooled, 2, axis=1)
    d_outputs, d_last = mean_backward(stack, d_mean)
    return d_outputs + maximum_backward(stack, d_maximum)[0], d_last


def every_step(stack: Stack) -> Array:
    return stack.outputs  # (B, T, H')


def every_step_backward(stack: Stack, d_pooled: Array) -> Gradients:
    return d_pooled, np.zeros(stack.last.shape)


Pooling = tuple[Callable[[Stack], Array], Callable[[Stack, Array], Gradients]]
POOLINGS: dict[str, Pooling] = {
    "last": (last, last_backward),
    "mean": (mean, mean_backward),
    "max": (maximum, maximum_backward),
    "mean+max": (mean_and_maximum, mean_and_maximum_backward),
}


def pooling(spec: ModelSpec) -> Pooling:
    """What a model's head reads, and its gradient."""
    if spec.model in EVERY_STEP:
        return every_step, every_step_backward
    return POOLINGS[spec.pooling]


def tied_table(spec: ModelSpec) -> str:
    """Name of the embedding whose transpose is the head's matrix if tied."""
    prefix = "decoder." if spec.model == "seq2seq" else ""
    return f"{prefix}embedding.table"


def head_matrix(spec: ModelSpec, weights: Weights) -> Array:
    """Weights of the head: (P, K), tied to the embedding or separate."""
    if spec.tie_weights:
        return weights[tied_table(spec)].T
    return weights["head.weight"]


def head(spec: ModelSpec, weights: Weights, pooled: Array) -> Array:
    """(..., P) -> (..., K)."""
    return pooled @ head_matrix(spec, weights) + weights["head.bias"]


def head_backward(
    spec: ModelSpec, weights: Weights, pooled: Array, d_outputs: Array
) -> tuple[Array, Weights]:
    """Gradients by what the head reads (..., P), and by its weights."""
    flat = d_outputs.reshape(-1, spec.output_size)  # (B, K) or (B·T, K)
    d_matrix = pooled.reshape(len(flat), -1).T @ flat  # (P, K)
    gradients = {"head.bias": flat.sum(axis=0)}
    if spec.tie_weights:
        gradients[tied_table(spec)] = d_matrix.T
    else:
        gradients["head.weight"] = d_matrix
    return d_outputs @ head_matrix(spec, weights).T, gradients

"""Attention in numpy, forward and backward: one query at a time.

A query q (B, H) attends to a memory (B, T, H), of which a mask (B, T) is true
at the valid steps:

    weights = softmax over the valid steps of score(q, m)       (B, T)
    context = sum over the steps of weights m                   (B, H)
"""

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from shared.specs import Array, Weights


class Attended(NamedTuple):
    """The context of one query, with what the backward pass needs."""

    context: Array  # (B, H)
    weights: Array  # (B, T)
    query: Array  # (B, H)
    memory: Array  # (B, T, H)
    cache: Any  # of the score


Scores = tuple[Array, Any]
"""Scores (B, T), and what their backward pass needs."""
Gradients = tuple[Array, Array, Weights]
"""Gradients by the query (B, H), the memory (B, T, H) and the weights."""


def bahdanau(query: Array, memory: Array, w: Weights) -> Scores:
    """v · tanh(W q + U m + b) (Bahdanau, Cho and Bengio 2015, A.1.2)."""
    queries = query @ w["attention.query.weight"]  # (B, H)
    keys = memory @ w["attention.keys.weight"] + w["attention.keys.bias"]
    energy = np.tanh(queries[:, None] + keys)  # (B, T, H)
    return energy @ w["attention.score.weight"][:, 0], energy


def bahdanau_backward(d_scores: Array, done: Attended, w: Weights) -> Gradients:
    energy, v = done.cache, w["attention.score.weight"][:, 0]
    d_sum = d_scores[:, :, None] * v * (1 - energy**2)  # (B, T, H)
    d_queries, d_v = d_sum.sum(axis=1), np.einsum("bt,bth->h", d_scores, energy)
    gradients = {
        "attention.query.weight": done.query.T @ d_queries,
        "attention.keys.weight": np.einsum("btk,bth->kh", done.memory, d_sum),
        "attention.keys.bias": d_sum.sum(axis=(0, 1)),
        "attention.score.weight": d_v[:, None],
    }
    d_query = d_queries @ w["attention.query.weight"].T
    return d_query, d_sum @ w["attention.keys.weight"].T, gradients


def dot(query: Array, memory: Array, w: Weights) -> Scores:
    """q · m (Luong, Pham and Manning 2015, eq. 8, dot)."""
    return np.einsum("bh,bth->bt", query, memory), None


def dot_backward(d_scores: Array, done: Attended, w: Weights) -> Gradients:
    d_query = np.einsum("bt,bth->bh", d_scores, done.memory)
    return d_query, d_scores[:, :, None] * done.query[:, None], {}


def general(query: Array, memory: Array, w: Weights) -> Scores:
    """q · W m (Luong, Pham and Manning 2015, eq. 8, general)."""
    return dot(query, memory @ w["attention.keys.weight"], w)


def general_backward(d_scores: Array, done: Attended, w: Weights) -> Gradients:
    matrix = w["attention.keys.weight"]
    keys = done._replace(memory=done.memory @ matrix)  # (B, T, H)
    d_query, d_keys, _ = dot_backward(d_scores, keys, w)
    d_matrix = np.einsum("bth,btk->hk", done.memory, d_keys)
    return d_query, d_keys @ matrix.T, {"attention.keys.weight": d_matrix}


Score = Callable[[Array, Array, Weights], Scores]
ScoreBackward = Callable[[Array, Attended, Weights], Gradients]
SCORES: dict[str, tuple[Score, ScoreBackward]] = {
    "bahdanau": (bahdanau, bahdanau_backward),
    "luong-dot": (dot, dot_backward),
    "luong-general": (general, general_backward),
}


def attend(
    kind: str, query: Array, memory: Array, mask: Array, w: Weights
) -> Attended:
    """Context (B, H) and weights of a query over the valid steps."""
    scores, cache = SCORES[kind][0](query, memory, w)
    scores = np.where(mask, scores, -np.inf)
    weights = np.exp(scores - scores.max(axis=1, keepdims=True))
    weights /= weights.sum(axis=1, keepdims=True)  # (B, T)
    context = np.einsum("bt,bth->bh", weights, memory)
    return Attended(context, weights, query, memory, cache)


def attend_backward(
    kind: str, d_context: Array, done: Attended, w: Weights
) -> Gradients:
    """d_score = weights (d_weight - mean of d_weight under the weights)."""
    d_weights = np.einsum("bh,bth->bt", d_context, done.memory)
    mean = np.sum(done.weights * d_weights, axis=1, keepdims=True)
    d_scores = done.weights * (d_weights - mean)
    d_query, d_memory, gradients = SCORES[kind][1](d_scores, done, w)
    d_memory = d_memory + done.weights[:, :, None] * d_context[:, None]
    return d_query, d_memory, gradients

"""Attention in numpy, forward and backward: one query at a time.

A query q (B, H) looks at a memory (B, T, H), the steps of which are inside
their sequences where a mask (B, T) says so:

    weights = softmax over the steps inside of score(q, m)      (B, T)
    context = sum over the steps of weights m                   (B, H)
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from shared.specs import Weights

Scores = tuple[np.ndarray, Any]
"""Scores (B, T), and what the way back needs."""


class Look(NamedTuple):
    """The context of one query, with what the backward pass needs."""

    context: np.ndarray  # (B, H)
    weights: np.ndarray  # (B, T)
    cache: Any


def bahdanau(query: np.ndarray, memory: np.ndarray, w: Weights) -> Scores:
    """v · tanh(W q + U m + b) (Bahdanau, Cho and Bengio 2015, A.1.2)."""
    asked = query @ w["attention.query.weight"]  # (B, H)
    keys = memory @ w["attention.keys.weight"] + w["attention.keys.bias"]
    energy = np.tanh(asked[:, None] + keys)  # (B, T, H)
    return energy @ w["attention.score.weight"][:, 0], energy


def bahdanau_backward(
    d_scores: np.ndarray,
    query: np.ndarray,
    memory: np.ndarray,
    energy: Any,
    w: Weights,
) -> tuple[np.ndarray, np.ndarray, Weights]:
    """Gradients by query, memory and weights."""
    v = w["attention.score.weight"][:, 0]
    d_sum = d_scores[:, :, None] * v * (1 - energy**2)  # (B, T, H)
    d_asked, flat = d_sum.sum(axis=1), d_sum.reshape(-1, d_sum.shape[2])
    found = {
        "attention.query.weight": query.T @ d_asked,
        "attention.keys.weight": memory.reshape(flat.shape).T @ flat,
        "attention.keys.bias": flat.sum(axis=0),
        "attention.score.weight": np.einsum("bt,bth->h", d_scores, energy)[
            :, None
        ],
    }
    d_query = d_asked @ w["attention.query.weight"].T
    return d_query, d_sum @ w["attention.keys.weight"].T, found


def dot(query: np.ndarray, memory: np.ndarray, w: Weights) -> Scores:
    """q · m (Luong, Pham and Manning 2015, eq. 8, dot)."""
    return np.einsum("bh,bth->bt", query, memory), None


def dot_backward(
    d_scores: np.ndarray,
    query: np.ndarray,
    memory: np.ndarray,
    cache: Any,
    w: Weights,
) -> tuple[np.ndarray, np.ndarray, Weights]:
    """Gradients by query and memory; there are no weights."""
    d_query = np.einsum("bt,bth->bh", d_scores, memory)
    return d_query, d_scores[:, :, None] * query[:, None], {}


def general(query: np.ndarray, memory: np.ndarray, w: Weights) -> Scores:
    """q · W m (Luong, Pham and Manning 2015, eq. 8, general)."""
    return dot(query, memory @ w["attention.keys.weight"], w)


def general_backward(
    d_scores: np.ndarray,
    query: np.ndarray,
    memory: np.ndarray,
    cache: Any,
    w: Weights,
) -> tuple[np.ndarray, np.ndarray, Weights]:
    """Gradients by query, memory and weights."""
    matrix = w["attention.keys.weight"]
    keys = memory @ matrix  # (B, T, H)
    d_query, d_keys, _ = dot_backward(d_scores, query, keys, cache, w)
    d_matrix = np.einsum("bth,btk->hk", memory, d_keys)
    return d_query, d_keys @ matrix.T, {"attention.keys.weight": d_matrix}


SCORES: dict[str, Callable[[np.ndarray, np.ndarray, Weights], Scores]] = {
    "bahdanau": bahdanau,
    "luong-dot": dot,
    "luong-general": general,
}
BACKWARD: dict[str, Callable[..., tuple[np.ndarray, np.ndarray, Weights]]] = {
    "bahdanau": bahdanau_backward,
    "luong-dot": dot_backward,
    "luong-general": general_backward,
}


def look(
    kind: str,
    query: np.ndarray,
    memory: np.ndarray,
    inside: np.ndarray,
    w: Weights,
) -> Look:
    """Context (B, H) and weights of a query over the unmasked steps."""
    scores, cache = SCORES[kind](query, memory, w)
    scores = np.where(inside, scores, -np.inf)
    shares = np.exp(scores - scores.max(axis=1, keepdims=True))
    shares /= shares.sum(axis=1, keepdims=True)  # (B, T)
    context = np.einsum("bt,bth->bh", shares, memory)
    return Look(context, shares, cache)


def look_backward(
    kind: str,
    d_context: np.ndarray,
    query: np.ndarray,
    memory: np.ndarray,
    done: Look,
    w: Weights,
) -> tuple[np.ndarray, np.ndarray, Weights]:
    """Gradients by query (B, H), memory (B, T, H) and weights."""
    d_shares = np.einsum("bh,bth->bt", d_context, memory)
    mean = np.sum(done.weights * d_shares, axis=1, keepdims=True)
    d_scores = done.weights * (d_shares - mean)
    d_query, d_memory, found = BACKWARD[kind](
        d_scores, query, memory, done.cache, w
    )
    d_memory = d_memory + done.weights[:, :, None] * d_context[:, None]
    return d_query, d_memory, found

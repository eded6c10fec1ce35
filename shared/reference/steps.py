"""A step of a layer, from that of a cell which reads u = h U + b_h."""

from collections.abc import Callable
from typing import Any

from shared.specs import Array, Weights

State = tuple[Array, ...]
"""(h,), or (h, c) for the LSTM; each (B, H)."""


def of_product(step: Callable[..., Any]) -> Callable[..., Any]:
    """A step that reads u: of a, the state and the layer's weights."""

    def run(a: Array, state: State, weights: Weights) -> tuple[State, Any]:
        u = state[0] @ weights["w_hh"] + weights.get("b_hh", 0.0)  # (B, G·H)
        new: tuple[State, Any] = step(a, u, state)
        return new

    return run


def from_product(step: Callable[..., Any]) -> Callable[..., Any]:
    """A backward step that returns d_u: d_a, d_weights and d_state."""

    def run(
        d_state: State, cache: Any, state: State, weights: Weights
    ) -> tuple[Array, Weights, State]:
        d_a, d_u, (d_h, *d_rest) = step(d_state, cache)
        d_weights = {"w_hh": state[0].T @ d_u, "b_hh": d_u.sum(axis=0)}
        d_h = d_h + d_u @ weights["w_hh"].T  # (B, H)
        return d_a, d_weights, (d_h, *d_rest)

    return run

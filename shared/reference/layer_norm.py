"""Layer normalization in numpy, and the steps of the normalized cells.

Ba, Kiros and Hinton (2016) normalize the columns of a vector over themselves,

    LN(x) = (x - μ) / √(σ² + ε),    σ² = mean((x - μ)²),    ε = `NORM_EPSILON`,

so that its values do not depend on other examples or steps. The LSTM is that
of their eq. 20 to 22, the GRU that of their supplementary material: each of
the products x W and h U is normalized by itself, for the GRU r and z together
and n separately,

    a = gain_ih LN(x W) + b      u = gain_hh LN(h U) + b_h    (b_h: GRU only)

and the LSTM's cell on its way to h', not where the next step reads it:
h' = o tanh(gain_c LN(c') + b_c). Their eq. 4 normalizes the sum of both
products of a simple cell; here it has two normalizations like the others, so
that the cells differ in their gates alone, and a of all steps is one product.
"""

from collections.abc import Callable
from typing import Any

import numpy as np

from shared.reference import cells
from shared.reference.steps import State
from shared.specs import NORM_EPSILON, NORM_SPANS, Array, Weights

Spans = tuple[int, ...]


def normalize(x: Array, spans: Spans = (1,)) -> tuple[Array, Array]:
    """LN of each span of gates of x (B, G·H), and its 1 / √(σ² + ε)."""
    values, scales = [], []
    for part in _split(x, spans):
        centered = part - part.mean(axis=1, keepdims=True)
        variance = (centered**2).mean(axis=1, keepdims=True)  # (B, 1)
        scale = 1.0 / np.sqrt(variance + NORM_EPSILON)
        values.append(centered * scale)
        scales.append(np.broadcast_to(scale, part.shape))
    return np.concatenate(values, axis=1), np.concatenate(scales, axis=1)


def normalize_backward(
    d_values: Array, values: Array, scales: Array, spans: Spans = (1,)
) -> Array:
    """d_x = scale (d - mean(d) - LN mean(d LN)), in each span: (B, G·H)."""
    parts = zip(*(_split(a, spans) for a in (d_values, values, scales)))
    return np.concatenate(
        [
            scale
            * (
                d
                - d.mean(axis=1, keepdims=True)
                - value * (d * value).mean(axis=1, keepdims=True)
            )
            for d, value, scale in parts
        ],
        axis=1,
    )


def _split(x: Array, spans: Spans) -> list[Array]:
    size = x.shape[1] // sum(spans)
    return np.split(x, np.cumsum(spans)[:-1] * size, axis=1)


def project(cell: str, weights: Weights, x: Array) -> tuple[Array, Any]:
    """a (B, G·H) of x (B, D), normalized where the weights have gains."""
    product = x @ weights["w_ih"]
    if "gain_ih" not in weights:
        return product + weights["b_ih"], None
    values, scales = normalize(product, NORM_SPANS[cell])
    return values * weights["gain_ih"] + weights["b_ih"], (values, scales)


def project_backward(
    cell: str, weights: Weights, x: Array, cache: Any, d_a: Array
) -> tuple[Array, Weights]:
    """Gradients by x (B, D) and by the weights of `project`."""
    d_weights = {"b_ih": d_a.sum(axis=0)}
    if cache is not None:
        values, scales = cache
        d_weights["gain_ih"] = (d_a * values).sum(axis=0)
        d_values = d_a * weights["gain_ih"]
        d_a = normalize_backward(d_values, values, scales, NORM_SPANS[cell])
    d_weights["w_ih"] = x.T @ d_a
    return d_a @ weights["w_ih"].T, d_weights


def lstm(
    a: Array, u: Array, state: State, weights: Weights
) -> tuple[State, Any]:
    """Gates i f g o, c' = f c + i g, h' = o tanh(gain_c LN(c') + b_c)."""
    _, c = state
    i, f, g, o = np.split(a + u, 4, axis=1)  # each (B, H)
    i, f, o = cells.sigmoid(i), cells.sigmoid(f), cells.sigmoid(o)
    g = np.tanh(g)
    new_c = f * c + i * g
    values, scales = normalize(new_c)
    tanh_c = np.tanh(values * weights["gain_c"] + weights["b_c"])
    return (o * tanh_c, new_c), (i, f, g, o, c, tanh_c, values, scales)


def lstm_backward(
    d_state: State, cache: Any, weights: Weights
) -> tuple[Array, Array, State, Weights]:
    """As without normalization, but h' reaches c' through LN(c')."""
    i, f, g, o, c, tanh_c, values, scales = cache
    d_h, d_c = d_state
    d_normed = d_h * o * (1 - tanh_c**2)
    d_weights = {
        "gain_c": (d_normed * values).sum(axis=0),
        "b_c": d_normed.sum(axis=0),
    }
    d_values = d_normed * weights["gain_c"]
    d_c = d_c + normalize_backward(d_values, values, scales)
    d_i = d_c * g * i * (1 - i)
    d_f = d_c * c * f * (1 - f)
    d_g = d_c * i * (1 - g**2)
    d_o = d_h * tanh_c * o * (1 - o)
    d_a = np.concatenate([d_i, d_f, d_g, d_o], axis=1)  # (B, 4·H)
    return d_a, d_a, (np.zeros(d_h.shape), d_c * f), d_weights


def rnn(
    a: Array, u: Array, state: State, weights: Weights
) -> tuple[State, Any]:
    """h' = tanh(a + u), of normalized a and u."""
    new, h = cells.rnn(a, u, state)
    return new, (h,)


def rnn_backward(
    d_state: State, cache: Any, weights: Weights
) -> tuple[Array, Array, State, Weights]:
    """As without normalization; its gradients are those of a and u."""
    (h,) = cache
    return *cells.rnn_backward(d_state, h), {}


def gru(
    a: Array, u: Array, state: State, weights: Weights
) -> tuple[State, Any]:
    """Gates r z n, of normalized a and u; the reset gate is after the norm."""
    return cells.gru(a, u, state)


def gru_backward(
    d_state: State, cache: Any, weights: Weights
) -> tuple[Array, Array, State, Weights]:
    """As without normalization; its gradients are those of a and u."""
    return *cells.gru_backward(d_state, cache), {}


def of_normalized(step: Callable[..., Any], spans: Spans) -> Callable[..., Any]:
    """A step that reads u = gain_hh LN(h U) + b_h, as `steps.of_product`."""

    def run(a: Array, state: State, weights: Weights) -> tuple[State, Any]:
        values, scales = normalize(state[0] @ weights["w_hh"], spans)
        u = values * weights["gain_hh"] + weights.get("b_hh", 0.0)  # (B, G·H)
        new, cache = step(a, u, state, weights)
        return new, (*cache, values, scales)  # the gates come first

    return run


def from_normalized(
    step: Callable[..., Any], spans: Spans
) -> Callable[..., Any]:
    """The backward step of `of_normalized`, as `steps.from_product`."""

    def run(
        d_state: State, cache: Any, state: State, weights: Weights
    ) -> tuple[Array, Weights, State]:
        *cache, values, scales = cache
        d_a, d_u, (d_h, *d_rest), d_weights = step(d_state, cache, weights)
        d_values = d_u * weights["gain_hh"]
        d_product = normalize_backward(d_values, values, scales, spans)
        d_weights |= {
            "w_hh": state[0].T @ d_product,
            "b_hh": d_u.sum(axis=0),
            "gain_hh": (d_u * values).sum(axis=0),
        }
        d_h = d_h + d_product @ weights["w_hh"].T  # (B, H)
        return d_a, d_weights, (d_h, *d_rest)

    return run


NORMALIZED_STEPS = {
    name: of_normalized(step, NORM_SPANS[name])
    for name, step in {"rnn": rnn, "gru": gru, "lstm": lstm}.items()
}
NORMALIZED_BACKWARD_STEPS = {
    name: from_normalized(step, NORM_SPANS[name])
    for name, step in {
        "rnn": rnn_backward,
        "gru": gru_backward,
        "lstm": lstm_backward,
    }.items()
}

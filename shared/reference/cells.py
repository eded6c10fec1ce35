"""The recurrent cells in numpy: one step forward, one step backward.

A step of most cells reads two matrix products,

    a = x W + b          (B, G·H), from the input of the step
    u = h U + b_h        (B, G·H), from the state; b_h exists for GRU only

and returns the next state and a cache; a backward step takes the gradient of
that state and the cache, and returns d_a, d_u and the gradient that reaches
the previous state by other paths than u. `of_product` and `from_product` make
them steps of a layer, which give and take the weights; a cell whose U does not
multiply h, or that has none, is written as such a step itself.
The equations are cuDNN's, σ is the logistic function, and states and gates are
multiplied element by element.
"""

from typing import Any

import numpy as np

from shared.reference.steps import State, from_product, of_product
from shared.specs import Array, Weights


def rnn(a: Array, u: Array, state: State) -> tuple[State, Any]:
    """Simple cell, h' = tanh(a + u) (Elman 1990)."""
    h = np.tanh(a + u)  # (B, H)
    return (h,), h


def rnn_backward(d_state: State, cache: Any) -> tuple[Array, Array, State]:
    """Derivative of tanh: d_a = d_u = d_h' (1 - h'²)."""
    d_a = d_state[0] * (1 - cache**2)  # (B, H)
    return d_a, d_a, (np.zeros(d_a.shape),)


def relu(a: Array, u: Array, state: State) -> tuple[State, Any]:
    """Rectified, h' = max(0, a + u) (Le, Jaitly and Hinton 2015)."""
    h = np.maximum(0.0, a + u)  # (B, H)
    return (h,), h


def relu_backward(d_state: State, cache: Any) -> tuple[Array, Array, State]:
    """Derivative of max: d_a = d_u = d_h' where h' > 0, else 0."""
    d_a = d_state[0] * (cache > 0)  # (B, H)
    return d_a, d_a, (np.zeros(d_a.shape),)


def gru(a: Array, u: Array, state: State) -> tuple[State, Any]:
    """Gates r z n (Cho et al. 2014; the reset gate after the product).

    r = σ(a_r + u_r), z = σ(a_z + u_z), n = tanh(a_n + r u_n),
    h' = (1 - z) n + z h.
    """
    (h,) = state
    a_r, a_z, a_n = np.split(a, 3, axis=1)  # each (B, H)
    u_r, u_z, u_n = np.split(u, 3, axis=1)  # each (B, H)
    r, z = sigmoid(a_r + u_r), sigmoid(a_z + u_z)
    n = np.tanh(a_n + r * u_n)
    return ((1 - z) * n + z * h,), (r, z, n, u_n, h)


def gru_backward(d_state: State, cache: Any) -> tuple[Array, Array, State]:
    """Gradients of r z n, before their own non-linearities.

    d_n = d_h' (1 - z)(1 - n²), d_z = d_h' (h - n) z (1 - z),
    d_r = d_n u_n r (1 - r); u_n is inside the reset gate, so that its own
    gradient is d_n r.
    """
    r, z, n, u_n, h = cache
    (d_h,) = d_state
    d_n = d_h * (1 - z) * (1 - n**2)
    d_z = d_h * (h - n) * z * (1 - z)
    d_r = d_n * u_n * r * (1 - r)
    d_a = np.concatenate([d_r, d_z, d_n], axis=1)  # (B, 3·H)
    d_u = np.concatenate([d_r, d_z, d_n * r], axis=1)  # (B, 3·H)
    return d_a, d_u, (d_h * z,)


def lstm(a: Array, u: Array, state: State) -> tuple[State, Any]:
    """Gates i f g o (Hochreiter and Schmidhuber 1997; Gers et al. 2000).

    i, f, o = σ(a + u), g = tanh(a_g + u_g), c' = f c + i g,
    h' = o tanh(c').
    """
    _, c = state
    i, f, g, o = np.split(a + u, 4, axis=1)  # each (B, H)
    i, f, g, o = sigmoid(i), sigmoid(f), np.tanh(g), sigmoid(o)
    new_c = f * c + i * g
    return (o * np.tanh(new_c), new_c), (i, f, g, o, c, np.tanh(new_c))


def lstm_backward(d_state: State, cache: Any) -> tuple[Array, Array, State]:
    """Gradients of i f g o, before their own non-linearities.

    d_c = d_c' + d_h' o (1 - tanh²(c')) reaches i, f, g and the cell before;
    o has its gradient from h' alone.
    """
    i, f, g, o, c, tanh_c = cache
    d_h, d_c = d_state
    d_c = d_c + d_h * o * (1 - tanh_c**2)
    d_i = d_c * g * i * (1 - i)
    d_f = d_c * c * f * (1 - f)
    d_g = d_c * i * (1 - g**2)
    d_o = d_h * tanh_c * o * (1 - o)
    d_a = np.concatenate([d_i, d_f, d_g, d_o], axis=1)  # (B, 4·H)
    return d_a, d_a, (np.zeros(d_h.shape), d_c * f)


def mgu(a: Array, state: State, weights: Weights) -> tuple[State, Any]:
    """Minimal gated unit, gates f n (Zhou et al. 2016, eq. 6).

    f = σ(a_f + U_f h), n = tanh(a_n + U_n (f h)), h' = (1 - f) h + f n.
    """
    (h,) = state
    a_f, a_n = np.split(a, 2, axis=1)  # each (B, H)
    u_f, u_n = np.split(weights["w_hh"], 2, axis=1)  # each (H, H)
    f = sigmoid(a_f + h @ u_f)
    n = np.tanh(a_n + (f * h) @ u_n)
    return ((1 - f) * h + f * n,), (f, n)


def mgu_backward(
    d_state: State, cache: Any, state: State, weights: Weights
) -> tuple[Array, Weights, State]:
    """Gradients of f n, before their own non-linearities.

    d_n = d_h' f (1 - n²); f h, which U_n reads, has the gradient d_n U_nᵀ, and
    d_f = (d_h' (n - h) + d_n U_nᵀ h) f (1 - f).
    """
    f, n = cache
    (d_h,), (h,) = d_state, state
    u_f, u_n = np.split(weights["w_hh"], 2, axis=1)  # each (H, H)
    d_n = d_h * f * (1 - n**2)
    d_fh = d_n @ u_n.T
    d_f = (d_h * (n - h) + d_fh * h) * f * (1 - f)
    d_w_hh = np.concatenate([h.T @ d_f, (f * h).T @ d_n], axis=1)  # (H, 2·H)
    d_old = d_h * (1 - f) + d_fh * f + d_f @ u_f.T
    d_a = np.concatenate([d_f, d_n], axis=1)  # (B, 2·H)
    return d_a, {"w_hh": d_w_hh}, (d_old,)


def mingru(a: Array, state: State, weights: Weights) -> tuple[State, Any]:
    """Minimal GRU, gates z n (Feng et al. 2024, section 3.1).

    z = σ(a_z), n = a_n, h' = (1 - z) h + z n; no U, and n is not squashed.
    """
    (h,) = state
    a_z, n = np.split(a, 2, axis=1)  # each (B, H)
    z = sigmoid(a_z)
    return ((1 - z) * h + z * n,), (z, n)


def mingru_backward(
    d_state: State, cache: Any, state: State, weights: Weights
) -> tuple[Array, Weights, State]:
    """Gradients of z n: d_z = d_h' (n - h) z (1 - z), d_n = d_h' z."""
    z, n = cache
    (d_h,), (h,) = d_state, state
    d_z = d_h * (n - h) * z * (1 - z)
    d_a = np.concatenate([d_z, d_h * z], axis=1)  # (B, 2·H)
    return d_a, {}, (d_h * (1 - z),)


def minlstm(a: Array, state: State, weights: Weights) -> tuple[State, Any]:
    """Minimal LSTM, gates i f g (Feng et al. 2024, section 3.2).

    i, f = σ(a), g = a_g, h' = (f h + i g) / (i + f): the gates retain and
    write shares that add up to 1; no U, no cell state, no output gate.
    """
    (h,) = state
    a_i, a_f, g = np.split(a, 3, axis=1)  # each (B, H)
    i, f = sigmoid(a_i), sigmoid(a_f)
    return ((f * h + i * g) / (i + f),), (i, f, g)


def minlstm_backward(
    d_state: State, cache: Any, state: State, weights: Weights
) -> tuple[Array, Weights, State]:
    """Gradients of i f g, before their own non-linearities.

    With s = i + f: d_i = d_h' (g - h) f / s² i (1 - i), d_g = d_h' i / s,
    d_f = d_h' (h - g) i / s² f (1 - f).
    """
    i, f, g = cache
    (d_h,), (h,) = d_state, state
    both = i + f
    d_share = d_h * (g - h) * i * f / both**2
    d_gates = [d_share * (1 - i), -d_share * (1 - f), d_h * i / both]
    d_a = np.concatenate(d_gates, axis=1)  # (B, 3·H)
    return d_a, {}, (d_h * f / both,)


def sigmoid(x: Array) -> Array:
    """Logistic function σ(x) = (1 + tanh(x / 2)) / 2: no overflow."""
    return 0.5 * (1.0 + np.tanh(0.5 * x))


STEPS = {
    "rnn": of_product(rnn),
    "rnn-relu": of_product(relu),
    "gru": of_product(gru),
    "lstm": of_product(lstm),
    "mgu": mgu,
    "mingru": mingru,
    "minlstm": minlstm,
}
BACKWARD_STEPS = {
    "rnn": from_product(rnn_backward),
    "rnn-relu": from_product(relu_backward),
    "gru": from_product(gru_backward),
    "lstm": from_product(lstm_backward),
    "mgu": mgu_backward,
    "mingru": mingru_backward,
    "minlstm": minlstm_backward,
}

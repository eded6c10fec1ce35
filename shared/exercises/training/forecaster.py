"""The forecaster that the exercises on training train, with its gradients."""

import numpy as np

from shared.exercises.draws import WEIGHTS
from shared.specs import Array

MODEL = {**WEIGHTS, "w_out": "(H, K) weights of the head"}
EQUATIONS = "h_t = tanh(x_t W + h_(t-1) U + b) from zeros, ŷ = h_T w_out"


def loss_and_gradients(
    x: Array, y: Array, w_ih: Array, w_hh: Array, b: Array, w_out: Array
) -> tuple[float, list[Array]]:
    """Mean squared error of h_T w_out, and its gradients by the weights.

    x (B, T, D), y (B, K); h_t = tanh(x_t W + h_(t-1) U + b) from zeros.
    """
    states = [np.zeros((len(x), len(w_hh)))]
    for t in range(x.shape[1]):
        states.append(np.tanh(x[:, t] @ w_ih + states[t] @ w_hh + b))
    error = states[-1] @ w_out - y  # (B, K)
    d_y = 2 * error / error.size
    d_w_ih, d_w_hh, d_b = (np.zeros(w.shape) for w in (w_ih, w_hh, b))
    d_h = d_y @ w_out.T
    for t in reversed(range(x.shape[1])):
        d_a = d_h * (1 - states[t + 1] ** 2)
        d_w_ih += x[:, t].T @ d_a
        d_w_hh += states[t].T @ d_a
        d_b += d_a.sum(axis=0)
        d_h = d_a @ w_hh.T
    return float(np.mean(error**2)), [d_w_ih, d_w_hh, d_b, states[-1].T @ d_y]

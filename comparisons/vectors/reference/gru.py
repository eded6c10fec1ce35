"""The GRU whose reset gate multiplies the state, before the product.

Cho et al. (2014, equations 5 to 8): r = σ(a_r + h U_r), z = σ(a_z + h U_z),
n = tanh(a_n + (r h) U_n), h' = (1 - z) n + z h. It has one bias.
"""

from typing import Any

import numpy as np

from shared.reference.cells import sigmoid
from shared.reference.steps import State
from shared.specs import Array, Weights


def reset_before(a: Array, state: State, weights: Weights) -> tuple[State, Any]:
    """A step of a layer, as those of `shared.reference.cells.STEPS`."""
    (h,) = state
    a_r, a_z, a_n = np.split(a, 3, axis=1)  # each (B, H)
    u_r, u_z, u_n = np.split(weights["w_hh"], 3, axis=1)  # each (H, H)
    r, z = sigmoid(a_r + h @ u_r), sigmoid(a_z + h @ u_z)
    n = np.tanh(a_n + (r * h) @ u_n)
    return ((1 - z) * n + z * h,), (r, z, n)


def reset_before_backward(
    d_state: State, cache: Any, state: State, weights: Weights
) -> tuple[Array, Weights, State]:
    """Gradients of r z n, before their own non-linearities.

    d_n = d_h' (1 - z)(1 - n²), d_z = d_h' (h - n) z (1 - z); r h has the
    gradient d_n U_nᵀ, of which r has that times h r (1 - r).
    """
    (r, z, n), (h,), (d_h,) = cache, state, d_state
    u_r, u_z, u_n = np.split(weights["w_hh"], 3, axis=1)  # each (H, H)
    d_n = d_h * (1 - z) * (1 - n**2)
    d_z = d_h * (h - n) * z * (1 - z)
    d_rh = d_n @ u_n.T
    d_r = d_rh * h * r * (1 - r)
    products = [h.T @ d_r, h.T @ d_z, (r * h).T @ d_n]
    d_w_hh = np.concatenate(products, axis=1)  # (H, 3·H)
    d_old = d_h * z + d_rh * r + d_r @ u_r.T + d_z @ u_z.T
    d_a = np.concatenate([d_r, d_z, d_n], axis=1)  # (B, 3·H)
    return d_a, {"w_hh": d_w_hh, "b_hh": 0.0 * d_a.sum(axis=0)}, (d_old,)

"""The gradient of the unit that chapter 1 unrolls, step by step.

h_t = tanh(w x_t + u h_(t-1)), h_0 = 0, and the loss is the last state.
"""

from typing import NamedTuple

import numpy as np

from comparisons.analysis.tables import markdown_table
from shared.errors import UserError, unknown

W, U = 1.0, 0.8
PULSE = (1.0, 0.0, 0.0, 0.0)


class Step(NamedTuple):
    """The input and the state of a step, and the gradients there."""

    x: float
    h: float
    before: float
    d_h: float
    d_a: float


def backward() -> list[Step]:
    """The steps, the last one first."""
    states = [0.0]
    for x in PULSE:
        states.append(float(np.tanh(W * x + U * states[-1])))
    steps, d_h = [], 1.0
    for t in range(len(PULSE), 0, -1):
        d_a = d_h * (1 - states[t] ** 2)
        steps.append(Step(PULSE[t - 1], states[t], states[t - 1], d_h, d_a))
        d_h = d_a * U
    return steps


def totals() -> dict[str, float]:
    """∂L/∂u and ∂L/∂w, the sums over the steps."""
    steps = backward()
    return {
        "u": sum(one.d_a * one.before for one in steps),
        "w": sum(one.d_a * one.x for one in steps),
    }


def table() -> str:
    """A row per step, and the sums."""
    steps = backward()
    rows = [
        [
            f"{len(steps) - index}",
            *(f"{v:.4f}" for v in (one.h, one.d_h, one.d_a)),
            f"{one.d_a * one.before:.4f}",
            f"{one.d_a * one.x:.4f}",
        ]
        for index, one in enumerate(steps)
    ]
    sums = [f"{value:.4f}" for value in totals().values()]
    rows.append(["sum", "", "", "", *sums])
    heads = ["t", "h", "∂L/∂h", "∂L/∂a", "part of ∂L/∂u", "part of ∂L/∂w"]
    return markdown_table(heads, rows)


def total(name: str) -> str:
    known = totals()
    if name not in known:
        raise UserError(unknown("weight", name, known))
    return f"{known[name]:.4f}"


TEXTS = {"by-hand": table, "by-hand-total": total}

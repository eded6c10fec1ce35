"""The cliff in the loss of a recurrence of one unit, and clipping at it.

x_t = w σ(x_(t-1)) + b, from x_0 = 0.5, with the loss (σ(x_50) - 0.7)² after 50
steps (Pascanu, Mikolov and Bengio 2013, section 2.3 and figure 6).
"""

from functools import cache
from typing import Any, NamedTuple

import numpy as np
from matplotlib.figure import Figure

from comparisons.figures.matplotlib import ShownFigure
from shared.reference.cells import sigmoid
from shared.specs import Array

STEPS, FIRST, TARGET = 50, 0.5, 0.7
START = (5.0, -2.2)
"""w and b at which the descent begins."""

RATE, UPDATES, CLIP = 0.3, 100, 0.5
RANGES = ((4.0, 5.2), (-2.7, -1.8))
POINTS = 241
COLORS = {"without": "#d55e00", "with": "#0072b2"}


class Descent(NamedTuple):
    """The path (n, 2) of w and b, and the loss and gradient norm there."""

    path: Array
    losses: Array
    norms: Array


def loss_and_gradient(w: Array, b: Array) -> tuple[Array, Array, Array]:
    """The loss and its derivatives by w and b, by forward accumulation."""
    x = np.full(np.broadcast_shapes(np.shape(w), np.shape(b)), FIRST)
    d_w, d_b = np.zeros_like(x), np.zeros_like(x)
    for _ in range(STEPS):
        s = sigmoid(x)
        slope = w * s * (1 - s)  # ∂x_t/∂x_(t-1)
        d_w, d_b = s + slope * d_w, 1 + slope * d_b
        x = w * s + b
    s = sigmoid(x)
    d_x = 2 * (s - TARGET) * s * (1 - s)
    return (s - TARGET) ** 2, d_x * d_w, d_x * d_b


@cache
def descent(clip: float) -> Descent:
    """Gradient descent; clip: the largest norm of a gradient, 0 for any."""
    place = np.array(START)
    path, losses, norms = [], [], []
    for _ in range(UPDATES):
        loss, *gradient = loss_and_gradient(*place)
        norm = float(np.hypot(*gradient))
        path.append(place)
        losses.append(float(loss))
        norms.append(norm)
        factor = min(1.0, clip / norm) if clip else 1.0
        place = place - RATE * factor * np.array(gradient)
    return Descent(np.array(path), np.array(losses), np.array(norms))


RUNS = {"without": 0.0, "with": CLIP}
"""What a page says -> the clipping."""


def figure() -> Figure:
    """The loss over w and b with both paths, and the loss by update."""
    drawn = ShownFigure(figsize=(9.2, 3.6), layout="constrained")
    plane, curve = drawn.subplots(1, 2)
    w, b = (np.linspace(*ends, POINTS) for ends in RANGES)
    loss, *_ = loss_and_gradient(*np.meshgrid(w, b))
    shown = plane.contourf(w, b, loss, levels=16, cmap="cividis", alpha=0.55)
    drawn.colorbar(shown, ax=plane, label="loss")
    for name, clip in RUNS.items():
        found = descent(clip)
        style: dict[str, Any] = {"color": COLORS[name], "lw": 1.2}
        plane.plot(*found.path.T, marker=".", ms=4, **style)
        curve.plot(found.losses, label=f"{name} clipping", **style)
    plane.plot(*START, "o", mec="black", mfc="white")
    plane.set(xlim=RANGES[0], ylim=RANGES[1], xlabel="w", ylabel="b")
    curve.set(xlabel="update", ylabel="loss")
    curve.legend(frameon=False)
    return drawn


def value(run: str, what: str) -> str:
    """Of a descent: the norm at its jump, the median one before, the end."""
    found = descent(RUNS[run])
    jump = int(found.norms.argmax())
    known = {
        "largest-norm": lambda: f"{found.norms.max():.0f}",
        "median-norm": lambda: f"{np.median(found.norms[:jump]):.2f}",
        "last-loss": lambda: f"{found.losses[-1]:.3f}",
        "first-loss": lambda: f"{found.losses[0]:.3f}",
        "jump": lambda: f"{jump + 1}",
        "w": lambda: f"{found.path[-1][0]:.1f}",
        "b": lambda: f"{found.path[-1][1]:.1f}",
    }
    return known[what]()


CONSTANTS = {"rate": RATE, "clip": CLIP, "updates": UPDATES}


def constant(name: str) -> str:
    return f"{CONSTANTS[name]:g}"


def clipping_helps() -> bool:
    """Whether the loss falls with clipping, and does not without it."""
    first = descent(CLIP).losses[0]
    return bool(descent(CLIP).losses[-1] < first < descent(0.0).losses[-1])


FIGURES = {"cliff": figure}
TEXTS = {"cliff": value, "cliff-constant": constant}
CHECKS = {"cliff": clipping_helps}

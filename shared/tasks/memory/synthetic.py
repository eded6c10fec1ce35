"""Made sequences to be remembered: their parts, scores and pictures."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from shared.exhibits.memory import BLANK
from shared.specs import Split
from shared.task import Parts, Scores

Draw = Callable[[np.random.Generator, int], tuple[np.ndarray, np.ndarray]]
"""A generator and a number of sequences N -> what is read, the targets."""


def drawn_parts(data: Any, seed: int, draw: Draw) -> Parts:
    """Each part with its own sequences, from one generator of the seed."""
    rng = np.random.default_rng([seed, 6])
    sizes = (getattr(data, f"{part}_sequences") for part in Parts._fields)
    return Parts(*(Split(*draw(rng, size), None) for size in sizes))


def step_losses(outputs: np.ndarray, targets: np.ndarray) -> np.ndarray:
    """Negative log-likelihoods, nats: (N, T, K), (N, T) -> (N, T).

    0 where there is no target.
    """
    logits = outputs.astype(np.float64)
    logits -= logits.max(axis=2, keepdims=True)
    logs = logits - np.log(np.exp(logits).sum(axis=2, keepdims=True))
    wanted = np.maximum(targets, 0)[..., None]
    found = -np.take_along_axis(logs, wanted, axis=2)[..., 0]
    losses: np.ndarray = np.where(targets >= 0, found, 0.0)
    return losses


def step_scores(outputs: np.ndarray, targets: np.ndarray) -> Scores:
    """Loss (nats a step) and accuracy over the steps that have a target."""
    inside = targets >= 0
    right = outputs.argmax(axis=2) == targets
    return {
        "accuracy": float(right[inside].mean()),
        "loss": float(step_losses(outputs, targets)[inside].mean()),
    }


def example_of(outputs: np.ndarray, split: Split) -> dict[str, str]:
    """The first sequence: what was read, what was asked for, what was said."""
    asked = split.y[0]
    said = np.where(asked >= 0, outputs[0].argmax(axis=1), -1)
    rows = {"read": split.x[0, :, 0], "asked": asked, "said": said}
    return {name: _shown(symbols) for name, symbols in rows.items()}


def _shown(symbols: np.ndarray) -> str:
    """Symbols (T,) as text; -1 stands for none."""
    return " ".join(BLANK if s < 0 else str(s) for s in symbols.tolist())

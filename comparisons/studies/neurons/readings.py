"""What a trained language model thinks at each symbol of a text."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from comparisons.equivalence.deviation import deviation
from shared.metrics import probabilities
from shared.reference import unroll as reference_unroll
from shared.weights.checkpoints import Checkpoint

TOP = 5
"""Next symbols that are kept of each distribution."""


class Reading(NamedTuple):
    """A text of T tokens, read from the beginning."""

    h: np.ndarray  # (T, H), of one layer
    came: np.ndarray  # (T - 1,), probability of the symbol that came next
    entropy: np.ndarray  # (T,), of what comes next, in nats
    likely: np.ndarray  # (T, TOP), the likeliest next symbols
    shares: np.ndarray  # (T, TOP), their probabilities


def expected(trained: Checkpoint, symbols: np.ndarray, layer: int) -> Reading:
    """The same from the numpy reference."""
    found = reference_unroll.unroll(
        trained.model, trained.weights, symbols[None], None
    )
    return reading_of(found, symbols, layer)


def reading_of(
    found: dict[str, np.ndarray], symbols: np.ndarray, layer: int
) -> Reading:
    shares = probabilities(found["outputs"][0])  # (T, V)
    order = np.argsort(-shares, axis=1, kind="stable")[:, :TOP]
    logs = np.log(np.maximum(shares, np.finfo(np.float64).tiny))
    return Reading(
        found[f"rnn.{layer}.h"][0],
        shares[np.arange(len(symbols) - 1), symbols[1:]],
        -(shares * logs).sum(axis=1),
        order,
        np.take_along_axis(shares, order, axis=1),
    )


def deviations(found: Reading, reference: Reading) -> dict[str, float]:
    """Quantity -> deviation from the reference.

    Equally probable tokens may swap, so only probabilities are compared.
    """
    return {
        name: deviation(getattr(found, name), getattr(reference, name))
        for name in ("h", "came", "entropy", "shares")
    }

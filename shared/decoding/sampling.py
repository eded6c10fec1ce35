"""How the next symbol is drawn from a language model's logits."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from shared.fields import check, option


@dataclass(frozen=True)
class Sampling:
    """Temperature, then top k, then the nucleus of the rest.

    Top k: Fan, Lewis and Dauphin 2018; nucleus: Holtzman et al. 2020.
    """

    temperature: float = option(
        1.0,
        "divisor of the logits; 0: always the most probable token",
        least=0.0,
    )
    top_k: int = option(
        0, "sample from the k most probable tokens; 0: from all", least=0
    )
    top_p: float = option(
        1.0,
        "sample from the most probable tokens whose probabilities "
        "add up to this",
        above=0.0,
        most=1.0,
    )

    def __post_init__(self) -> None:
        check(self)


def uniforms(steps: int, batch: int, seed: int, keys: int = 0) -> np.ndarray:
    """One number in [0, 1) per step and text, for all frameworks: (S, B).

    With keys, one per step, text and key: (S, B, K). float32 values, which
        every precision represents exactly.
    """
    rng = np.random.default_rng([seed, 4])
    shape = (steps, batch, keys) if keys else (steps, batch)
    return rng.random(shape, np.float32)


def choose(logits: np.ndarray, draws: np.ndarray, rule: Sampling) -> np.ndarray:
    """Numpy reference: logits (B, V), uniforms (B,) -> tokens (B,).

    Tokens are ranked by probability, ties by index. The first token at which
    the cumulative probability reaches the uniform number is sampled.
    """
    if rule.temperature == 0:
        first: np.ndarray = logits.argmax(axis=1)
        return first
    order = np.argsort(-logits, axis=1, kind="stable")  # (B, V)
    ranked = np.take_along_axis(logits, order, axis=1) / rule.temperature
    shares = np.exp(ranked - ranked[:, :1])
    shares[:, rule.top_k or logits.shape[1] :] = 0.0
    shares /= shares.sum(axis=1, keepdims=True)
    before = np.cumsum(shares, axis=1) - shares
    shares[before >= rule.top_p] = 0.0
    sums = np.cumsum(shares, axis=1)  # (B, V)
    places = (sums < draws[:, None] * sums[:, -1:]).sum(axis=1)
    return np.take_along_axis(order, places[:, None], axis=1)[:, 0]


def press(logits: np.ndarray, draws: np.ndarray, rule: Sampling) -> np.ndarray:
    """Numpy reference: logits (B, K), uniforms (B, K) -> keys 0 or 1.

    Keys are sampled independently; at temperature 0 a key is 1 if its
    probability exceeds 0.5.
    """
    if rule.temperature == 0:
        sure: np.ndarray = (logits > 0).astype(np.float64)
        return sure
    shares = 1.0 / (1.0 + np.exp(-logits / rule.temperature))
    drawn: np.ndarray = (draws < shares).astype(np.float64)
    return drawn


CHOICES: dict[str, Callable[[np.ndarray, np.ndarray, Sampling], np.ndarray]] = {
    "language_model": choose,
    "frame_model": press,
}
"""Model -> how what comes next is drawn."""

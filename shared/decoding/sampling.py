"""How the next token is sampled from a language model's logits."""

from dataclasses import dataclass

import numpy as np

from shared.fields import check, option


@dataclass(frozen=True)
class Sampling:
    """Temperature, then top k, then the nucleus of what remains.

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


def sample(
    logits: np.ndarray, uniform: np.ndarray, sampling: Sampling
) -> np.ndarray:
    """Numpy reference: logits (B, V), uniforms (B,) -> tokens (B,).

    Tokens are ranked by probability, ties by index. The first token at which
    the cumulative probability reaches the uniform number is sampled.
    """
    if sampling.temperature == 0:
        return np.asarray(logits.argmax(axis=1))
    order = np.argsort(-logits, axis=1, kind="stable")  # (B, V)
    ranked = np.take_along_axis(logits, order, axis=1) / sampling.temperature
    probs = np.exp(ranked - ranked[:, :1])
    probs[:, sampling.top_k or logits.shape[1] :] = 0.0
    probs /= probs.sum(axis=1, keepdims=True)
    before = np.cumsum(probs, axis=1) - probs
    probs[before >= sampling.top_p] = 0.0
    sums = np.cumsum(probs, axis=1)  # (B, V)
    ranks = (sums < uniform[:, None] * sums[:, -1:]).sum(axis=1)
    return np.take_along_axis(order, ranks[:, None], axis=1)[:, 0]


def sample_keys(
    logits: np.ndarray, uniform: np.ndarray, sampling: Sampling
) -> np.ndarray:
    """Numpy reference: logits (B, K), uniforms (B, K) -> keys 0 or 1.

    Keys are sampled independently; at temperature 0 a key is 1 if its
    probability exceeds 0.5.
    """
    if sampling.temperature == 0:
        return np.asarray(logits > 0, np.float64)
    probs = 1.0 / (1.0 + np.exp(-logits / sampling.temperature))
    return np.asarray(uniform < probs, np.float64)


SAMPLERS = {"language_model": sample, "frame_model": sample_keys}
"""Model -> how what comes next is sampled."""

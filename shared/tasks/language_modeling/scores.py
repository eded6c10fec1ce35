"""What a language model's losses amount to."""

from __future__ import annotations

import numpy as np

from shared.task import Dataset, Scores


def scored(outputs: np.ndarray, part: str, dataset: Dataset) -> np.ndarray:
    """Losses (N, T) of a split without padding, in nats: (P - 1,)."""
    losses: np.ndarray = outputs[getattr(dataset, part).y >= 0]
    return losses.astype(np.float64)


def character_scores(losses: np.ndarray) -> Scores:
    """Mean loss in nats and in bits, and perplexity."""
    nats = float(losses.mean())
    return {
        "nats": nats,
        "bits_per_character": nats / float(np.log(2.0)),
        "perplexity": perplexity(nats),
    }


def word_scores(losses: np.ndarray) -> Scores:
    nats = float(losses.mean())
    return {"perplexity": perplexity(nats), "nats": nats}


def perplexity(nats: float) -> float:
    with np.errstate(over="ignore"):
        return float(np.exp(nats))

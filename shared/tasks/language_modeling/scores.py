"""Scores of language models."""

from __future__ import annotations

import numpy as np

from shared.task import Dataset, Scores


def score(outputs: np.ndarray, part: str, dataset: Dataset) -> Scores:
    """Mean of the losses (N, T) without padding, and perplexity.

    The mean is in nats, that of characters in bits too.
    """
    losses = outputs[getattr(dataset, part).y >= 0].astype(np.float64)
    nats = float(losses.mean())
    if dataset.metadata["unit"] == "word":
        return {"perplexity": perplexity(nats), "nats": nats}
    return {
        "nats": nats,
        "bits_per_character": nats / float(np.log(2.0)),
        "perplexity": perplexity(nats),
    }


def perplexity(nats: float) -> float:
    with np.errstate(over="ignore"):
        return float(np.exp(nats))

"""How well replies are foretold, and how varied those are that are written."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from shared.decoding.options import DecodedOutputs
from shared.task import Dataset, Scores
from shared.tasks.language_modeling.scores import perplexity
from shared.tasks.translation.scores import sentences


def scores(outputs: DecodedOutputs, part: str, dataset: Dataset) -> Scores:
    """Perplexity of the true replies; distinct-1 and -2 of decoded ones.

    distinct-n is the share of distinct n-grams (Li et al. 2016).
    """
    real = getattr(dataset, part).y >= 0  # (N, T)
    nats = float(outputs.losses[real].mean())
    written = sentences(outputs.symbols, dataset)
    return {
        "perplexity": perplexity(nats),
        "token_accuracy": float(outputs.hits[real].mean()),
        "distinct_1": distinct(written, 1),
        "distinct_2": distinct(written, 2),
        "words": float(np.mean([len(words) for words in written])),
    }


def distinct(replies: Sequence[Sequence[str]], n: int) -> float:
    """Distinct n-grams among those of all replies; 0 if there are none."""
    grams = [
        tuple(words[i : i + n])
        for words in replies
        for i in range(len(words) - n + 1)
    ]
    return len(set(grams)) / len(grams) if grams else 0.0


def baselines(dataset: Dataset) -> dict[str, Scores]:
    """A unigram of the training replies with add-one smoothing."""
    y, size = dataset.train.y, dataset.output_size
    counts = np.bincount(y[y >= 0], minlength=size) + 1.0
    logs = np.log(counts / counts.sum())
    real = dataset.test.y >= 0
    found = -logs[dataset.test.y[real]]
    return {
        "unigram": {
            "perplexity": perplexity(float(found.mean())),
            "token_accuracy": float(
                np.mean(dataset.test.y[real] == counts.argmax())
            ),
        }
    }

"""Scores of language models, of their losses and of generated texts."""

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any

import numpy as np

from shared.task import Dataset, Examples, Scores, masked_means

WORST = 10
"""Characters with the highest loss that a run records."""

LEAST_SHARE = 1e-3
"""The share of a text that a character has to be for that."""

RANKS = (10, 100, 1000, 10_000)
"""Where groups of words end, the most frequent first."""


WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")
"""A run of letters, apostrophes inside it."""


def score(outputs: np.ndarray, part: str, dataset: Dataset) -> Scores:
    """Mean of the losses (N, T) without padding, and perplexity.

    The mean is in nats, that of characters in bits too.
    """
    losses = outputs[getattr(dataset, part).y >= 0]
    nats = float(losses.astype(np.float64, copy=False).mean())
    if dataset.metadata["unit"] == "word":
        return {"perplexity": perplexity(nats), "nats": nats}
    return {
        "nats": nats,
        "bits_per_character": nats / float(np.log(2.0)),
        "perplexity": perplexity(nats),
    }


def score_examples(outputs: np.ndarray, dataset: Dataset) -> Examples:
    """Sums of the losses of consecutive stretches of the test text."""
    mask = dataset.test.y >= 0
    return masked_means(outputs, mask, "stretches of text", dependent=True)


def perplexity(nats: float) -> float:
    with np.errstate(over="ignore"):
        return float(np.exp(nats))


def details(outputs: np.ndarray, dataset: Dataset) -> dict[str, Any]:
    """Mean losses of groups of tokens, given all losses (N, T) in nats."""
    positions = {"by_position": by_position(outputs, dataset)}
    if dataset.metadata["unit"] == "word":
        return {**positions, "by_frequency": by_frequency(outputs, dataset)}
    return {**positions, "worst_tokens": worst_tokens(outputs, dataset)}


def by_position(outputs: np.ndarray, dataset: Dataset) -> list[float]:
    """Mean loss at each position of a window: (N, T) -> at most T."""
    positions = np.broadcast_to(np.arange(outputs.shape[1]), outputs.shape)
    counts, means = _by_group(outputs, dataset, positions)
    return [round(float(value), 4) for value in means[counts > 0]]


def worst_tokens(outputs: np.ndarray, dataset: Dataset) -> list[dict[str, Any]]:
    """The characters of highest mean loss, rare ones excluded."""
    counts, means = _by_group(outputs, dataset, dataset.test.y)
    common = np.flatnonzero(counts >= LEAST_SHARE * counts.sum())
    order = common[np.argsort(-means[common], kind="stable")]
    vocabulary = dataset.arrays["vocabulary"]
    return [
        _row(repr(vocabulary[i]), counts[i], means[i]) for i in order[:WORST]
    ]


def by_frequency(outputs: np.ndarray, dataset: Dataset) -> list[dict[str, Any]]:
    """Mean loss on the 10 most frequent words, the next 90, and so on."""
    ranks = np.searchsorted(RANKS, dataset.test.y, "right")
    counts, means = _by_group(outputs, dataset, ranks)
    size = dataset.metadata["vocabulary_size"]
    ends = pairwise([0, *RANKS, size])
    names = [f"{start + 1:,} to {min(end, size):,}" for start, end in ends]
    rows = zip(names, counts, means, strict=False)
    return [_row(*row) for row in rows if row[1]]


def _by_group(
    outputs: np.ndarray, dataset: Dataset, groups: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Count and mean loss of each group (N, T) of tokens: (groups,)."""
    mask = dataset.test.y >= 0
    counts = np.bincount(groups[mask])
    sums = np.bincount(groups[mask], outputs[mask])
    return counts, sums / np.maximum(counts, 1)


def _row(of: str, count: int, nats: float) -> dict[str, Any]:
    return {"of": of, "count": int(count), "nats": round(float(nats), 4)}


def words_of(text: str) -> list[str]:
    return WORD.findall(text.lower())


def distinct_words(chunks: Iterable[str]) -> set[str]:
    """The words of a text in chunks, which may end within a word."""
    found: set[str] = set()
    rest = ""
    for chunk in chunks:
        text = (rest + chunk).lower()
        words = words_of(text)
        found.update(words[:-1])
        rest = text[text.rfind(words[-1]) :] if words else ""
    return found | set(words_of(rest))


def measures(texts: list[str], known: set[str]) -> dict[str, float]:
    """Means over texts; NaN if no text has enough words.

    distinct_1, distinct_2: share of distinct n-grams (Li et al. 2016);
        repetition: share of repeated 4-grams (Welleck et al. 2020, seq-rep-4);
        known_words: share of words that occur in the training text. Only texts
        of equal length can be compared.
    """
    texts_words = [words_of(text) for text in texts]
    values = {
        "distinct_1": [distinct([words], 1) for words in texts_words],
        "distinct_2": [distinct([words], 2) for words in texts_words],
        "repetition": [1.0 - distinct([words], 4) for words in texts_words],
        "known_words": [
            sum(word in known for word in words) / len(words)
            for words in texts_words
            if words
        ],
    }
    numbers = {name: [v for v in values[name] if v == v] for name in values}
    return {n: float(np.mean(v)) if v else np.nan for n, v in numbers.items()}


def distinct(texts: Sequence[Sequence[str]], n: int) -> float:
    """Share of distinct n-grams of all texts; NaN if there are none."""
    grams = [
        tuple(words[i : i + n])
        for words in texts
        for i in range(len(words) - n + 1)
    ]
    return len(set(grams)) / len(grams) if grams else float("nan")

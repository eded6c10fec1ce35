"""Scores of translations, and what a run records of them."""

from typing import Any

import numpy as np

from shared.decoding.options import DecodedOutputs
from shared.task import Dataset, Examples, Scores, masked_means
from shared.task.examples import ORDERS
from shared.tasks.language_modeling.scores import perplexity
from shared.tasks.translation.bleu import (
    exact_matches,
    metrics_of,
    sacrebleu_metrics,
    signatures,
    text_scores,
)
from shared.tasks.translation.tokenizers import decoder, joined

Rows = list[dict[str, Any]]

EXAMPLES = 12
"""Recorded sentences, at even steps through the test split."""
GROUPS = 5
"""Groups of sources by their length, of nearly as many sentences each."""


def score(outputs: DecodedOutputs, part: str, dataset: Dataset) -> Scores:
    """BLEU, chrF, exact matches, perplexity and token accuracy."""
    decoded = text_scores(decoded_words(outputs, dataset), part, dataset)
    return decoded | token_scores(outputs, part, dataset)


def token_scores(
    outputs: DecodedOutputs, part: str, dataset: Dataset
) -> Scores:
    """Perplexity and accuracy of the target tokens, by teacher forcing."""
    mask = getattr(dataset, part).y >= 0  # (N, T)
    return {
        "perplexity": perplexity(float(outputs.losses[mask].mean())),
        "token_accuracy": float(outputs.hits[mask].mean()),
    }


def decoded_words(outputs: DecodedOutputs, dataset: Dataset) -> list[list[str]]:
    """The words of each decoded sentence of a split: N lists."""
    decode = decoder(dataset.metadata["vocabularies"]["target"])
    return [decode(row) for row in outputs.tokens]


def score_examples(outputs: DecodedOutputs, dataset: Dataset) -> Examples:
    """What `bleu` counts in each decoded sentence: (N, 10).

    Its length, that of the reference, matches and totals of each order.
    """
    from sacrebleu.metrics import BLEU

    # The score of a sentence is not used, only its counts.
    metric = BLEU(
        lowercase=True, force=True, tokenize="none", effective_order=True
    )
    decoded = decoded_words(outputs, dataset)
    counts = []
    for words, (_, targets) in zip(decoded, dataset.arrays["test"]):
        one = metric.sentence_score(" ".join(words), [" ".join(targets[0])])
        counts.append([one.sys_len, one.ref_len, *one.counts, *one.totals])
    return Examples(np.array(counts).reshape(-1, 2 + 2 * ORDERS), "sentences")


def token_examples(outputs: DecodedOutputs, dataset: Dataset) -> Examples:
    """Sums of the losses of each target, by teacher forcing."""
    return masked_means(outputs.losses, dataset.test.y >= 0, "sentences")


def details(outputs: DecodedOutputs, dataset: Dataset) -> dict[str, Any]:
    decoded = decoded_words(outputs, dataset)
    return {
        "translations": examples(decoded, dataset),
        "by_length": by_length(decoded, dataset),
        "signatures": signatures(metrics_of(dataset)),
    }


def examples(decoded: list[list[str]], dataset: Dataset) -> Rows:
    """A few sources at even steps, with a reference and the decoded one."""
    test = dataset.arrays["test"]
    steps = np.linspace(0, len(test) - 1, min(EXAMPLES, len(test)))
    return [
        {
            "source": joined(test[row][0]),
            "target": joined(test[row][1][0]),
            "decoded": joined(decoded[row]),
        }
        for row in steps.astype(int)
    ]


def by_length(decoded: list[list[str]], dataset: Dataset) -> Rows:
    """Scores of groups of sources, from the shortest to the longest."""
    sources, targets = zip(*dataset.arrays["test"], strict=True)
    exact = np.array(exact_matches(decoded, targets))
    lengths = np.array(list(map(len, sources)))
    order = np.argsort(lengths, kind="stable")
    metric, groups = sacrebleu_metrics()["bleu"], []
    for rows in np.array_split(order, min(GROUPS, len(order))):
        words = [" ".join(decoded[row]) for row in rows]
        first = [" ".join(targets[row][0]) for row in rows]
        groups.append(
            {
                "words": round(float(lengths[rows].mean()), 2),
                "sentences": len(rows),
                "bleu": round(metric.corpus_score(words, [first]).score, 2),
                "exact": round(float(exact[rows].mean()), 4),
            }
        )
    return groups

"""Summaries of pairs, and what a run records of its decoded sentences."""

from __future__ import annotations

from typing import Any

import numpy as np

from shared.decoding.options import DecodedOutputs
from shared.task import Dataset
from shared.tasks.translation.scores import (
    decoded_words,
    exact_matches,
    sacrebleu_metrics,
    signatures,
)
from shared.tasks.translation.tokenizers import joined
from shared.text.summary import wrap_lines

EXAMPLES = 12
"""Recorded sentences, at even steps through the test split."""

GROUPS = 5
"""Groups of sources by their length, of nearly as many sentences each."""


def summarize(dataset: Dataset) -> list[str]:
    metadata = dataset.metadata
    pairs, sources = metadata["pairs"], metadata["sources"]
    lines = [
        f"{pairs['train']:,} pairs for training, {sources['validation']:,} "
        f"sentences for validation, {sources['test']:,} for test "
        f"({pairs['test']:,} translations)",
        "split: by distinct source, so that all of its translations are in "
        "one split",
        f"at most {metadata['max_length']} words a side: "
        f"{metadata['left_out']:,} pairs are longer or duplicates",
        f"vocabularies of {metadata['unit']}s: {dataset.input_size:,} and "
        f"{dataset.output_size:,}",
    ]
    return wrap_lines([*lines, *metadata["notes"]])


def details(outputs: DecodedOutputs, dataset: Dataset) -> dict[str, Any]:
    decoded = decoded_words(outputs, dataset)
    return {
        "translations": examples(decoded, dataset),
        "by_length": by_length(decoded, dataset),
        "signatures": signatures(),
    }


def examples(
    decoded: list[list[str]], dataset: Dataset
) -> list[dict[str, str]]:
    """A few sources at even steps, with a reference and the decoded one."""
    test = dataset.arrays["test"]
    rows = np.linspace(0, len(test) - 1, min(EXAMPLES, len(test))).astype(int)
    return [
        {
            "source": joined(test[row][0]),
            "target": joined(test[row][1][0]),
            "written": joined(decoded[row]),
        }
        for row in rows
    ]


def by_length(
    decoded: list[list[str]], dataset: Dataset
) -> list[dict[str, Any]]:
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

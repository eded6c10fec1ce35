"""What is said and recorded of translations and replies."""

from __future__ import annotations

import textwrap
from typing import Any

import numpy as np

from shared.decoding.options import DecodedOutputs
from shared.task import Dataset
from shared.tasks.translation.scores import bleu, exact, sentences, signatures
from shared.tasks.translation.text import joined, spaced
from shared.text.summary import WIDTH

SHOWN = 12
"""Translations that a run records, at even steps through the test part."""

GROUPS = 5
"""Groups of sources by their length, of nearly as many sentences each."""


def summarize(dataset: Dataset) -> list[str]:
    metadata = dataset.metadata
    pairs, sources = metadata["pairs"], metadata["sources"]
    lines = [
        f"{pairs['train']:,} pairs for training, {sources['validation']:,} "
        f"sentences for validation, {sources['test']:,} for test "
        f"({pairs['test']:,} translations)",
        "split: by distinct source, so that all of its translations stand in "
        "one part",
        f"at most {metadata['max_length']} words a side: "
        f"{metadata['left_out']:,} pairs are longer or stand twice",
        f"vocabularies of {metadata['unit']}s: {dataset.input_size:,} and "
        f"{dataset.output_size:,}",
        *metadata["notes"],
    ]
    return [
        part
        for line in lines
        for part in textwrap.wrap(line, WIDTH, subsequent_indent="  ")
    ]


def details(outputs: DecodedOutputs, dataset: Dataset) -> dict[str, Any]:
    written = sentences(outputs.symbols, dataset)
    return {
        "translations": examples(written, dataset),
        "by_length": by_length(written, dataset),
        "signatures": signatures(),
    }


def replies(outputs: DecodedOutputs, dataset: Dataset) -> list[dict[str, str]]:
    return examples(sentences(outputs.symbols, dataset), dataset)


def examples(
    written: list[list[str]], dataset: Dataset
) -> list[dict[str, str]]:
    """A few sources at even steps, with a reference and the decoded one."""
    test = dataset.arrays["test"]
    places = np.linspace(0, len(test) - 1, min(SHOWN, len(test))).astype(int)
    return [
        {
            "source": joined(test[place][0]),
            "target": joined(test[place][1][0]),
            "written": joined(written[place]),
        }
        for place in places
    ]


def by_length(
    written: list[list[str]], dataset: Dataset
) -> list[dict[str, Any]]:
    """Scores of groups of sources, from the shortest to the longest."""
    test = dataset.arrays["test"]
    same = np.array(exact(written, [own for _, own in test]))
    lengths = np.array([len(source) for source, _ in test])
    order = np.argsort(lengths, kind="stable")
    return [
        {
            "words": round(float(lengths[rows].mean()), 2),
            "sentences": len(rows),
            "bleu": round(
                bleu(
                    [spaced(written[row]) for row in rows],
                    [[spaced(test[row][1][0]) for row in rows]],
                    "none",
                ),
                2,
            ),
            "exact": round(float(same[rows].mean()), 4),
        }
        for rows in np.array_split(order, min(GROUPS, len(order)))
    ]

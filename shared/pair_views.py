"""What is said, recorded and shown of translations."""

from __future__ import annotations

import textwrap
from typing import Any

import numpy as np

from shared.about import WIDTH
from shared.exhibits import (
    Exhibit,
    Lines,
    RunView,
    Series,
    TextTable,
    best_runs,
)
from shared.pair_looks import heat_maps
from shared.pair_scores import bleu, exact, sentences, signatures
from shared.pair_text import joined, spaced
from shared.search import Written
from shared.task import Dataset

SHOWN = 12
"""Translations that a run records, at even steps through the test part."""

GROUPS = 5
"""Groups of sources by their length, of nearly as many sentences each."""


def about(dataset: Dataset) -> list[str]:
    """Sizes of the parts, vocabularies, the split, the licence."""
    facts = dataset.facts
    pairs, sources = facts["pairs"], facts["sources"]
    lines = [
        f"{pairs['train']:,} pairs for training, {sources['validation']:,} "
        f"sentences for validation, {sources['test']:,} for test "
        f"({pairs['test']:,} translations)",
        "split: by distinct source, so that all of its translations stand in "
        "one part",
        f"at most {facts['max_length']} words a side: {facts['left_out']:,} "
        "pairs are longer or stand twice",
        f"vocabularies of {facts['unit']}s: {dataset.input_size:,} and "
        f"{dataset.output_size:,}",
        *facts["notes"],
    ]
    return [
        part
        for line in lines
        for part in textwrap.wrap(line, WIDTH, subsequent_indent="  ")
    ]


def detail(outputs: Written, dataset: Dataset) -> dict[str, Any]:
    """Some translations, BLEU by length, how scores are counted."""
    written = sentences(outputs.symbols, dataset)
    return {
        "translations": examples(written, dataset),
        "by_length": by_length(written, dataset),
        "signatures": signatures(),
    }


def replies(outputs: Written, dataset: Dataset) -> list[dict[str, str]]:
    """Some turns of the test part, the true answer and the one written."""
    return examples(sentences(outputs.symbols, dataset), dataset)


def examples(
    written: list[list[str]], dataset: Dataset
) -> list[dict[str, str]]:
    """A few sources at even steps, with a true target and the one written."""
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


def show(runs: list[RunView]) -> list[Exhibit]:
    """BLEU over length by cell, what the best row writes and looks at."""
    known = [run for run in runs if "by_length" in run.detail]
    best = [run for run in best_runs(runs) if "translations" in run.detail]
    exhibits: list[Exhibit] = [_curves(known)] if known else []
    headings = ("source", "one translation", "written")
    for run in best[:1]:
        exhibits.append(_examples(run, "translations", headings))
        exhibits += heat_maps(runs, run.cell)
    return exhibits


def show_replies(runs: list[RunView]) -> list[Exhibit]:
    """What the best row answers."""
    best = [run for run in best_runs(runs) if "replies" in run.detail]
    headings = ("turn", "answer", "written")
    return [_examples(run, "replies", headings) for run in best[:1]]


def _curves(runs: list[RunView]) -> Lines:
    """BLEU of each cell by the length of the source."""
    curves: dict[str, list[list[dict[str, Any]]]] = {}
    for run in runs:
        curves.setdefault(run.cell, []).append(run.detail["by_length"])
    return Lines(
        name="lengths",
        title="BLEU by length of the source",
        text=(
            "Without attention all of a source goes through one state: the "
            "longer it is, the more is lost. Mean over frameworks and seeds."
        ),
        x_label="words",
        y_label="BLEU",
        series=tuple(
            Series(
                cell,
                tuple(
                    np.mean([[g["bleu"] for g in one] for one in own], axis=0)
                    .round(2)
                    .tolist()
                ),
                tuple(group["words"] for group in own[0]),
            )
            for cell, own in curves.items()
        ),
        joint=True,
    )


def _examples(
    run: RunView, name: str, headings: tuple[str, str, str]
) -> TextTable:
    """What a run writes."""
    return TextTable(
        name=name,
        title=f"{name.capitalize()}, {run.framework} {run.cell}",
        text="From the test part, at even steps; greedy.",
        headings=headings,
        rows=tuple(
            (one["source"], one["target"], one["written"])
            for one in run.detail[name]
        ),
    )

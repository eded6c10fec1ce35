"""Exhibits of generated text."""

from typing import Any

from shared.exhibits.kinds import Exhibit, Lines, Samples, Series, TextTable
from shared.exhibits.names import metric_name
from shared.exhibits.runs import RunView, runs_with

Cells = dict[str, list[dict[str, Any]]]
"""Cell -> its samples, by temperature."""

MEASURES = ("distinct_1", "distinct_2", "repetition", "known_words")


def generation_exhibits(runs: list[RunView]) -> list[Exhibit]:
    """Texts, a table of their diversity, and its curve for each cell."""
    firsts = {run.cell: run for run in reversed(runs_with(runs, "samples"))}
    cells = {c: firsts[c].details["samples"] for c in sorted(firsts)}
    if not cells:
        return []
    framework = firsts[min(cells)].framework
    best = next((c for c in firsts if firsts[c].mark == "*"), min(cells))
    return [_texts(framework, cells), _diversity(cells), _curves(cells, best)]


def _texts(framework: str, cells: Cells) -> Samples:
    return Samples(
        "samples",
        "Generated text",
        "One prompt and the same random numbers; the temperature divides "
        "the logits. The numbers are those of the table below.",
        tuple(
            (
                f"{framework} {cell}, temperature {sample['temperature']}: "
                f"distinct-2 {_shown(sample, 'distinct_2')}, "
                f"repetition {_shown(sample, 'repetition')}",
                sample["prompt"] + sample["text"],
            )
            for row in zip(*cells.values(), strict=True)
            for cell, sample in zip(cells, row, strict=True)
        ),
        columns=len(cells),
    )


def _diversity(cells: Cells) -> TextTable:
    return TextTable(
        "writing",
        "Diversity of generated text",
        "distinct-n: different n-grams of words among all; repetition: "
        "4-grams of words that occurred before; known words: share of "
        "words of the training text. Means over eight texts of one length.",
        ("cell", "temperature", *map(metric_name, MEASURES)),
        tuple(
            (
                cell,
                sample["temperature"],
                *(_shown(sample, n) for n in MEASURES),
            )
            for cell, samples in cells.items()
            for sample in samples
        ),
    )


def _curves(cells: Cells, best: str) -> Lines:
    """Known words over distinct bigrams; best: the cell of the title."""
    first, last = (cells[best][end] for end in (0, -1))
    ends = f"from temperature {first['temperature']} to {last['temperature']}"
    changes = [
        f"{metric_name(name)} {_shown(first, name)} to {_shown(last, name)}"
        for name in ("known_words", "distinct_2")
    ]
    return Lines(
        "creativity",
        f"{best} {ends}: {', '.join(changes)}",
        f"Known words over distinct bigrams; each line goes {ends}.",
        "distinct-2",
        "known words",
        tuple(
            Series(
                cell,
                tuple(sample["known_words"] for sample in samples),
                tuple(sample["distinct_2"] for sample in samples),
            )
            for cell, samples in cells.items()
        ),
    )


def _shown(sample: dict[str, Any], name: str) -> float | str:
    return "-" if sample[name] is None else round(sample[name], 3)

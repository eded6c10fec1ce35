"""Exhibits of generated text."""

from __future__ import annotations

from typing import Any

from shared.exhibits.kinds import (
    Exhibit,
    Lines,
    RunView,
    Samples,
    Series,
    TextTable,
    runs_with,
)

HEADINGS = {
    "distinct_1": "distinct-1",
    "distinct_2": "distinct-2",
    "repetition": "repetition",
    "known_words": "known words",
}
"""Measure -> what a report calls it."""


def generation_exhibits(runs: list[RunView]) -> list[Exhibit]:
    shown = runs_with(runs, "samples")
    firsts = {run.cell: run for run in reversed(shown)}
    cells = {cell: firsts[cell] for cell in sorted(firsts)}
    if not cells:
        return []
    return [_texts(cells), _numbers(cells), _curves(cells)]


def _texts(cells: dict[str, RunView]) -> Samples:
    rows = zip(*(run.details["samples"] for run in cells.values()), strict=True)
    pairs = tuple(
        (
            f"{run.framework} {cell}, temperature {sample['temperature']}: "
            f"{_measures(sample)}",
            sample["prompt"] + sample["text"],
        )
        for row in rows
        for (cell, run), sample in zip(cells.items(), row, strict=True)
    )
    text = (
        "One prompt and the same random numbers; the temperature divides the "
        "logits. The numbers are those of the table below."
    )
    title = "Generated text"
    return Samples("samples", title, text, pairs, beside=len(cells))


def _measures(sample: dict[str, Any]) -> str:
    names = ("distinct_2", "repetition")
    return ", ".join(f"{HEADINGS[n]} {_shown(sample[n])}" for n in names)


def _numbers(cells: dict[str, RunView]) -> TextTable:
    rows = tuple(
        (cell, sample["temperature"], *(_shown(sample[n]) for n in HEADINGS))
        for cell, run in cells.items()
        for sample in run.details["samples"]
    )
    text = (
        "distinct-n: different n-grams of words among all; repetition: "
        "4-grams of words that occurred before; known words: share of words "
        "of the training text. Means over eight texts of one length."
    )
    headings = ("cell", "temperature", *HEADINGS.values())
    title = "Diversity of generated text"
    return TextTable("writing", title, text, headings, rows)


def _curves(cells: dict[str, RunView]) -> Lines:
    """Known words against distinct bigrams, one point per temperature."""
    series = tuple(
        Series(
            cell,
            tuple(s["known_words"] for s in run.details["samples"]),
            tuple(s["distinct_2"] for s in run.details["samples"]),
        )
        for cell, run in cells.items()
    )
    text = "Each line goes from temperature 0.2 to 1.5."
    return Lines(
        "creativity",
        "Known words over distinct bigrams",
        text,
        "distinct-2",
        "known words",
        series,
    )


def _shown(value: float | None) -> float | str:
    return "-" if value is None else round(value, 3)

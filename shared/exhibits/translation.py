"""Exhibits of translations and replies."""

from __future__ import annotations

from typing import Any

import numpy as np

from shared.exhibits.attention import attention_maps
from shared.exhibits.kinds import (
    Exhibit,
    Lines,
    RunView,
    Series,
    TextTable,
    best_runs,
)


def exhibits(runs: list[RunView]) -> list[Exhibit]:
    known = [run for run in runs if "by_length" in run.details]
    best = [run for run in best_runs(runs) if "translations" in run.details]
    exhibits: list[Exhibit] = [_curves(known)] if known else []
    headings = ("source", "one reference", "translation")
    for run in best[:1]:
        exhibits.append(_examples(run, "translations", headings))
        exhibits += [*attention_maps(runs, run.cell), *_counted(run)]
    return exhibits


def show_replies(runs: list[RunView]) -> list[Exhibit]:
    best = [run for run in best_runs(runs) if "replies" in run.details]
    headings = ("turn", "answer", "reply")
    return [_examples(run, "replies", headings) for run in best[:1]]


def _curves(runs: list[RunView]) -> Lines:
    """BLEU of each cell by the length of the source."""
    curves: dict[str, list[list[dict[str, Any]]]] = {}
    for run in runs:
        curves.setdefault(run.cell, []).append(run.details["by_length"])
    return Lines(
        name="lengths",
        title="BLEU by length of the source",
        text=(
            "Without attention the decoder knows the source from one state "
            "only. Mean over frameworks and seeds."
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
    return TextTable(
        name=name,
        title=f"{name.capitalize()}, {run.framework} {run.cell}",
        text="Evenly spaced examples of the test split; greedy decoding.",
        headings=headings,
        rows=tuple(
            (one["source"], one["target"], one["written"])
            for one in run.details[name]
        ),
    )


def _counted(run: RunView) -> list[TextTable]:
    rows = tuple(run.details.get("signatures", {}).items())
    if not rows:
        return []
    return [
        TextTable(
            name="counted",
            title="How scores are computed",
            text=(
                "bleu and bleu_all compare lower-case words with the first and "
                "with all references of a source, bleu_13a and chrf the "
                "detokenized text with the first."
            ),
            headings=("score", "signature of sacrebleu"),
            rows=rows,
        )
    ]

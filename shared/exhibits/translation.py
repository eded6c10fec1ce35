"""Exhibits of translations and replies."""

import numpy as np

from shared.exhibits.attention import attention_maps
from shared.exhibits.kinds import Exhibit, Lines, Series, TextTable
from shared.exhibits.runs import RunView, best_runs, details_by_cell

WITHOUT_ATTENTION = (
    "Mean over frameworks and seeds. Without attention, the decoder knows the "
    "source from one state only."
)


def exhibits(runs: list[RunView]) -> list[Exhibit]:
    known = [run for run in runs if run.details.get("by_length")]
    exhibits: list[Exhibit] = [_curves(known)] if known else []
    headings = ("source", "one reference", "translation")
    for run in best_runs(runs, "translations")[:1]:
        exhibits.append(_examples(run, "translations", headings))
        exhibits += attention_maps(runs, run.cell)
        if signatures := run.details.get("signatures"):
            exhibits.append(
                TextTable(
                    name="counted",
                    title="How scores are computed",
                    text=(
                        "bleu and bleu_all compare lower-case words with the "
                        "first and with all references of a source, bleu_13a "
                        "and chrf the detokenized text with the first."
                    ),
                    headings=("score", "signature of sacrebleu"),
                    rows=tuple(signatures.items()),
                )
            )
    return exhibits


def show_replies(runs: list[RunView]) -> list[Exhibit]:
    headings = ("turn", "answer", "reply")
    best = best_runs(runs, "replies")[:1]
    return [_examples(run, "replies", headings) for run in best]


def _curves(runs: list[RunView]) -> Lines:
    """BLEU of each cell by the length of the source."""
    series = []
    for cell, own in details_by_cell(runs, "by_length").items():
        bleu = np.mean(
            [[group["bleu"] for group in run] for run in own], axis=0
        )
        lengths = tuple(group["words"] for group in own[0])
        series.append(Series(cell, tuple(bleu.round(2).tolist()), lengths))
    return Lines(
        name="lengths",
        title=_at_the_ends(series),
        text=(
            "BLEU by length of the source. Mean over frameworks and seeds."
            if any(run.details.get("attention_maps") for run in runs)
            else WITHOUT_ATTENTION
        ),
        x_label="words",
        y_label="BLEU",
        series=tuple(series),
        joint=True,
    )


def _at_the_ends(series: list[Series]) -> str:
    """The best cell's BLEU at the shortest and at the longest sources."""
    best = max(series, key=lambda one: sum(one.y))
    return (
        f"{best.name} reaches {best.y[0]:.1f} BLEU at {best.x[0]:g} words and "
        f"{best.y[-1]:.1f} at {best.x[-1]:g}"
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
            (one["source"], one["target"], one["decoded"])
            for one in run.details[name]
        ),
    )

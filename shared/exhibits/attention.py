"""Where the models of all frameworks look while they write."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from shared.exhibits.kinds import Matrices, Matrix, RunView

MEANING = (
    "A row for each word that is written, a column for each of the source; "
    "the weights of a row sum to 1."
)


def attention_maps(runs: Sequence[RunView], cell: str) -> list[Matrices]:
    """The maps of each framework's first run, for each recorded source."""
    firsts: dict[str, RunView] = {}
    for run in runs:
        if run.cell == cell and run.details.get("looks"):
            firsts.setdefault(run.framework, run)
    looks = {name: run.details["looks"] for name, run in firsts.items()}
    return [
        Matrices(
            name=f"attention-{number}",
            title=f"Where {cell} looks, sentence {number}",
            text=f"{MEANING} Each framework shows what it has learnt.",
            parts={
                name: heat_map(f"attention-{number}-{name}", name, look)
                for name, look in zip(looks, row, strict=True)
            },
        )
        for number, row in enumerate(zip(*looks.values(), strict=False), 1)
    ]


def heat_map(name: str, title: str, look: Mapping[str, Any]) -> Matrix:
    weights = tuple(map(tuple, look["weights"]))
    return Matrix(
        name=name,
        title=title,
        text=MEANING,
        row_label="written",
        column_label="source",
        rows=numbered(look["written"]),
        columns=numbered(look["source"]),
        values=weights,
        shares=weights,  # one scale for all
    )


def numbered(words: Sequence[str]) -> tuple[str, ...]:
    """Words made unique: a repeated word has its number appended."""
    seen: dict[str, int] = {}
    found = []
    for word in words:
        seen[word] = seen.get(word, 0) + 1
        found.append(word if seen[word] == 1 else f"{word} ({seen[word]})")
    return tuple(found)

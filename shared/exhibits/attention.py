"""Attention weights of the models of all frameworks."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from shared.exhibits.kinds import Matrices, Matrix
from shared.exhibits.runs import RunView

MEANING = (
    "A row for each generated word, a column for each source word; the "
    "weights of a row sum to 1."
)


def attention_maps(runs: Sequence[RunView], cell: str) -> list[Matrices]:
    """The maps of each framework's first run, for each recorded source."""
    firsts: dict[str, RunView] = {}
    for run in runs:
        if run.cell == cell and run.details.get("attention_maps"):
            firsts.setdefault(run.framework, run)
    maps = {name: run.details["attention_maps"] for name, run in firsts.items()}
    return [
        Matrices(
            name=f"attention-{number}",
            title=_strongest(cell, number, row),
            text=(
                f"{MEANING} Each framework shows its own trained model; the "
                "shares above are means over the generated words."
            ),
            parts={
                name: heat_map(f"attention-{number}-{name}", name, weights)
                for name, weights in zip(maps, row, strict=True)
            },
        )
        for number, row in enumerate(zip(*maps.values(), strict=False), 1)
    ]


def _strongest(
    cell: str, number: int, examples: Sequence[Mapping[str, Any]]
) -> str:
    """The mean of a generated word's largest weight, over frameworks."""
    shares = [
        float(np.mean([max(weights) for weights in one["weights"]]))
        for one in examples
    ]
    ends = dict.fromkeys(f"{100 * end(shares):.0f}" for end in (min, max))
    return (
        f"Sentence {number}: the source word of the largest weight has "
        f"{' to '.join(ends)} % of the attention of {cell}"
    )


def heat_map(name: str, title: str, example: Mapping[str, Any]) -> Matrix:
    weights = tuple(map(tuple, example["weights"]))
    return Matrix(
        name=name,
        title=title,
        text=MEANING,
        row_label="generated",
        column_label="source",
        rows=numbered(example["decoded"]),
        columns=numbered(example["source"]),
        values=weights,
        shares=weights,  # one scale for all
    )


def numbered(words: Sequence[str]) -> tuple[str, ...]:
    """Words made unique: a repeated word has its number appended."""
    seen: Counter[str] = Counter()
    found = []
    for word in words:
        seen[word] += 1
        found.append(word if seen[word] == 1 else f"{word} ({seen[word]})")
    return tuple(found)

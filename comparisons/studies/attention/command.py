"""`compare.py study attention`: where a trained model looks as it writes.

The same weights in every framework, each beside the numpy reference
(Bahdanau, Cho and Bengio 2015, figure 3, arXiv 1409.0473).
"""

from __future__ import annotations

import numpy as np
from rich.console import Console
from rich.text import Text

from comparisons.analysis.tables import make_console
from comparisons.equivalence.deviation import deviation
from comparisons.equivalence.limits import LIMITS
from comparisons.runs.trained import arrays_of, title
from comparisons.studies.attention.files import write_files
from comparisons.studies.attention.maps import expected
from comparisons.studies.attention.options import Asked, asked_of
from comparisons.worker.attention import Looks
from comparisons.worker.attention_maps import map_records

SHADES = " ░▒▓█"
"""Signs of a weight from 0 to 1, in equal parts."""


def main(arguments: list[str]) -> int:
    """Print and write the maps; 1 if a framework deviates."""
    choices = asked_of(arguments)
    console = make_console(emoji=False)
    found = {name: read(choices, name) for name in choices.frameworks}
    first = next(iter(found.values()))
    console.print(title(choices.trained), markup=False)
    print_looks(choices, first, console)
    names = ", ".join(map(str, write_files(choices, found)))
    console.print(f"files: {names}", markup=False, soft_wrap=True)
    weights = expected(choices.trained, first.x, choices.lengths)
    limit = LIMITS["float32"]["forward"]
    equal = True
    for framework, looks in found.items():
        same = bool((looks.written == first.written).all())
        apart = deviation(looks.weights, weights) if same else np.inf
        equal = equal and apart <= limit
        console.print(
            f"{framework}: parts from the reference by {apart:.1e} "
            f"(limit {limit:.0e})"
            if same
            else f"{framework}: writes other words than {choices.frameworks[0]}"
        )
    return 0 if equal else 1


def read(choices: Asked, framework: str) -> Looks:
    found = arrays_of(
        choices.trained,
        framework,
        choices.timeout,
        "attention_maps",
        path=str(choices.path),
        sources=choices.sources.tolist(),
        lengths=choices.lengths.tolist(),
    )
    return Looks(**found)


def print_looks(choices: Asked, looks: Looks, console: Console) -> None:
    """One line per decoded word: shaded weights, and the largest one."""
    shown = map_records(
        choices.kept, looks.x, looks.written, choices.lengths, looks.weights
    )
    for look in shown:
        numbered = (f"{n} {word}" for n, word in enumerate(look["source"], 1))
        console.print(Text("\n" + "  ".join(numbered)))
        heads = "".join(f"{n:>3}" for n in range(1, len(look["source"]) + 1))
        wide = max(map(len, look["written"]))
        console.print(Text(" " * wide + heads))
        for word, row in zip(look["written"], look["weights"], strict=True):
            most = int(np.argmax(row))
            console.print(
                Text(
                    f"{word:<{wide}}{''.join(map(shade, row))}  "
                    f"{row[most]:.2f} {look['source'][most]}"
                ),
                no_wrap=True,
                overflow="ellipsis",
            )
    console.print()


def shade(weight: float) -> str:
    """A weight from 0 to 1, three columns wide."""
    return " " + 2 * SHADES[min(int(weight * len(SHADES)), len(SHADES) - 1)]

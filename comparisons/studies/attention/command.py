"""`compare.py study attention`: the attention weights of a trained model.

The same weights in every framework, compared with the numpy reference
(Bahdanau, Cho and Bengio 2015, figure 3, arXiv 1409.0473).
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
from rich.console import Console
from rich.text import Text

from comparisons.analysis.tables import make_console
from comparisons.equivalence.deviation import deviation
from comparisons.equivalence.limits import LIMITS
from comparisons.runs.trained import title
from comparisons.studies import common
from comparisons.studies.attention.options import (
    AttentionOptions,
    parse_options,
)
from comparisons.studies.attention.plot import draw
from comparisons.worker.attention_maps import map_records
from comparisons.worker.requests import GreedyAttention
from shared.exhibits.names import framework_name
from shared.reference import decoding as reference_decoding

SHADES = " ░▒▓█"
"""Signs of a weight from 0 to 1, in equal parts."""

COLUMNS = (
    *("framework", "sentence", "step", "decoded", "place", "source", "weight"),
)

Maps = Mapping[str, list[dict[str, Any]]]
"""Framework -> the records of `map_records`, one a sentence."""


def main(arguments: list[str]) -> int:
    """Print and write the maps; 1 if a framework deviates."""
    options = parse_options(arguments)
    console = make_console()
    found = {name: read(options, name) for name in options.frameworks}
    maps = {
        name: map_records(
            *(options.metadata, result.x, result.generated),
            *(options.lengths, result.weights),
        )
        for name, result in found.items()
    }
    console.print(title(options.trained), markup=False)
    print_maps(maps[options.frameworks[0]], console)
    common.print_files(console, write_files(options, maps))
    first = found[options.frameworks[0]]
    trained, limit = options.trained, LIMITS["float32"]["forward"]
    expected = reference_decoding.attention_maps(
        trained.model, trained.weights, first.x, options.lengths
    )
    failed = False
    for framework, result in found.items():
        name, error = framework_name(framework), np.inf
        if (result.generated == first.generated).all():
            error = deviation(result.weights, expected)
            console.print(common.over_limit(name, error, limit))
        else:
            other = framework_name(options.frameworks[0])
            console.print(f"{name} generates other words than {other}")
        failed = failed or not error <= limit
    return int(failed)


def read(options: AttentionOptions, framework: str) -> GreedyAttention:
    request = {"sources": options.sources, "lengths": options.lengths}
    found = options.ask(framework, "attention_maps", **request)
    # Rounded in float64, a weight is written with 4 decimals.
    found["weights"] = found["weights"].astype(np.float64)
    return GreedyAttention(**found)


def print_maps(maps: list[dict[str, Any]], console: Console) -> None:
    """One line per decoded word: shaded weights, and the largest one."""
    for sentence in maps:
        source, decoded = sentence["source"], sentence["decoded"]
        numbered = (f"{n} {word}" for n, word in enumerate(source, 1))
        console.print(Text("\n" + "  ".join(numbered)))
        width = max(map(len, decoded))
        numbers = "".join(f"{n:>3}" for n in range(1, len(source) + 1))
        console.print(Text(" " * width + numbers))
        for word, row in zip(decoded, sentence["weights"], strict=True):
            largest = int(np.argmax(row))
            line = f"{word:<{width}}{''.join(map(shade, row))}  "
            line += f"{row[largest]:.2f} {source[largest]}"
            console.print(Text(line), no_wrap=True, overflow="ellipsis")
    console.print()


def shade(weight: float) -> str:
    """A weight from 0 to 1, three columns wide."""
    return " " + 2 * SHADES[min(int(weight * len(SHADES)), len(SHADES) - 1)]


def write_files(options: AttentionOptions, maps: Maps) -> list[Path]:
    stem = options.out / f"attention-{options.trained.run.cell}"
    table, picture = Path(f"{stem}.csv"), Path(f"{stem}.png")
    with common.writing_to(options.out):
        common.write_csv(table, csv_rows(maps))
        draw(maps, picture)
    return [table, picture]


def csv_rows(maps: Maps) -> Iterator[tuple[Any, ...]]:
    """One per weight; sentences, steps and positions from 1."""
    yield COLUMNS
    for framework, sentences in maps.items():
        for number, sentence in enumerate(sentences, 1):
            steps = zip(sentence["decoded"], sentence["weights"], strict=True)
            for step, (decoded, row) in enumerate(steps, 1):
                head = (framework, number, step, decoded)
                words = zip(sentence["source"], row, strict=True)
                for column, (word, weight) in enumerate(words, 1):
                    yield (*head, column, word, weight)

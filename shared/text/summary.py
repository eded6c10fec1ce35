"""What is said of a task's data before a model is trained on it."""

import textwrap

import numpy as np

from shared.specs import Split
from shared.task import Dataset

SHOWN = 10
"""Classes that are named; of the others only the number is."""

WIDTH = 80
LONGEST = 24
"""Characters of a line, and of a class's name in it."""

TOGETHER = "\u00a0"
"""In place of the blanks within a class and its count: no line ends there."""


def summarize_texts(
    dataset: Dataset, texts: str, steps: str, longest: int, cut: int = 0
) -> list[str]:
    """Lines on the sizes of the splits, the classes and the longest text.

    texts, steps: what an example and a step is called, in the plural; longest:
        steps of the longest text before any was cut; cut: how many were cut.
        The class names are in the metadata of the data set.
    """
    names = dataset.metadata["classes"]
    parts = (dataset.train, dataset.validation, dataset.test)
    sizes = [len(part.x) for part in parts]
    counts = np.stack([_class_counts(part, len(names)) for part in parts])
    totals = counts.sum(axis=0)
    order = [int(i) for i in np.argsort(-totals, kind="stable") if totals[i]]
    only = [i for i in order if totals[i] == counts[0, i]]
    train, validation, test = sizes
    whole = "none is cut"
    if cut:
        whole = f"{cut:,} of {sum(sizes):,} {texts} are cut to "
        whole += f"{dataset.train.x.shape[1]:,}"
    lines = [
        f"{sum(sizes):,} {texts}: {train:,} for training, {validation:,} for "
        f"validation, {test:,} for test",
        f"{len(order):,} classes: {_listed(order, names, totals)}",
        f"longest: {longest:,} {steps}; {whole}",
    ]
    if only:
        lines.append(f"in training only: {_listed(only, names, totals)}")
    return wrap_lines(lines)


def _class_counts(part: Split, classes: int) -> np.ndarray:
    """Occurrences of each class in a split, padding excluded: (K,)."""
    counts: np.ndarray = np.bincount(part.y[part.y >= 0], minlength=classes)
    return counts


def _listed(places: list[int], names: list[str], totals: np.ndarray) -> str:
    found = [f"{_short(names[i])} {totals[i]:,}" for i in places[:SHOWN]]
    shown = [item.replace(" ", TOGETHER) for item in found]
    more = len(places) - SHOWN
    return ", ".join(shown) + (f" and {more:,} more" if more > 0 else "")


def _short(name: str) -> str:
    line = " ".join(name.split())
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 3]}..."


def wrap_lines(lines: list[str]) -> list[str]:
    """Lines of at most WIDTH characters; a no-break space prints as a blank."""
    wrapper = textwrap.TextWrapper(
        WIDTH, subsequent_indent="  ", break_on_hyphens=False
    )
    parts = [part for line in lines for part in wrapper.wrap(line)]
    return [part.replace(TOGETHER, " ") for part in parts]

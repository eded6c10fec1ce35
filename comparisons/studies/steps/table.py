"""The steps of an example as tables of 80 columns."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
from rich.console import Console
from rich.table import Table

from comparisons.analysis.tables import terminal_table
from comparisons.studies.steps.example import Unrolled
from comparisons.worker.unroll import ENDINGS
from shared.exhibits.names import cell_name, framework_name
from shared.metrics import probabilities
from shared.specs import step_names
from shared.task import Dataset
from shared.weights.layout import layer_prefixes

UNITS = 3
"""Units whose h is shown by itself."""

OPEN = "rzifo"
"""Gates between 0 and 1; of what has a sign, the magnitude is averaged."""

LIKELY = 3
"""Classes shown after each step."""

STATE = (".h", ".c")

GROUPS = {
    "input": lambda name: name == "input",
    "gates": lambda name: name.startswith("rnn.") and name[-2:] not in STATE,
    "states": lambda name: name[-2:] in STATE,
    "outputs": lambda name: name == "outputs",
    "native layers": lambda name: name == ENDINGS,
}
"""Heading -> the quantities whose largest deviation stands below it."""


def print_steps(unrolled: Unrolled, dataset: Dataset, console: Console) -> None:
    for line in heading(unrolled):
        console.print(line, markup=False)
    for prefix, _ in layer_prefixes(unrolled.example.model):
        console.print(way_of(prefix), markup=False)
        console.print(layer_table(unrolled, prefix))
    console.print("outputs, had the sequence ended at this step", markup=False)
    console.print(output_table(unrolled, dataset))
    console.print(deviation_table(unrolled))


def heading(unrolled: Unrolled) -> Iterator[str]:
    model, run = unrolled.example.model, unrolled.run
    path = unrolled.example.checkpoint
    weights = "trained weights" if path else "initial weights"
    directions = "bidirectional" if model.bidirectional else "unidirectional"
    framework = framework_name(next(iter(unrolled.found)))
    yield (
        f"{run.task} {cell_name(model.cell)}, layers: {model.num_layers}, "
        f"{directions}, hidden {model.hidden_size}; {weights}, seed {run.seed}"
    )
    yield f"means over the units ({framework}), |h| of magnitudes; single units"
    yield ""


def way_of(prefix: str) -> str:
    """Layer and direction in words, from the prefix of their names."""
    way = "read from the end" if "reverse" in prefix else "read from the start"
    return f"layer {prefix.split('.')[1]}, {way}"


def layer_table(unrolled: Unrolled, prefix: str) -> Table:
    """One line per step, in reading order."""
    arrays = next(iter(unrolled.found.values()))
    names = step_names(unrolled.example.model.cell)
    found = {name: arrays[prefix + name][0] for name in names}  # each (T, H)
    steps, units = found["h"].shape
    table = new_table("step", "read")
    means = [name if name in OPEN else f"|{name}|" for name in names]
    some = [f"h[{unit}]" for unit in range(min(UNITS, units))]
    for name in (*means, *some):
        table.add_column(name, justify="right")
    for t in range(steps)[:: -1 if "reverse" in prefix else 1]:
        means = [f"{np.abs(found[name][t]).mean():.2f}" for name in names]
        some = [f"{value:.2f}" for value in found["h"][t, :UNITS]]
        table.add_row(*step_words(unrolled, t), *means, *some)
    return table


def output_table(unrolled: Unrolled, dataset: Dataset) -> Table:
    model = unrolled.example.model
    endings = next(iter(unrolled.found.values()))[ENDINGS]  # (T, K)
    words = OUTPUTS.get(model.model, values_of)(endings, dataset)
    table = new_table("step", "read", "outputs")
    for t, text in enumerate(words):
        table.add_row(*step_words(unrolled, t), text)
    return table


def classes_of(outputs: np.ndarray, dataset: Dataset) -> Iterator[str]:
    """The most probable classes of logits (T, K), with probabilities."""
    names = dataset.metadata.get("classes", range(outputs.shape[1]))
    for row in probabilities(outputs):
        order = np.argsort(-row, kind="stable")[:LIKELY]
        yield ", ".join(f"{names[k]} {row[k]:.3f}" for k in order)


def values_of(outputs: np.ndarray, dataset: Dataset) -> Iterator[str]:
    """The first outputs of (T, K)."""
    for row in outputs:
        yield ", ".join(f"{value:.4f}" for value in row[:LIKELY])


OUTPUTS: dict[str, Callable[[np.ndarray, Dataset], Iterator[str]]] = {
    "classifier": classes_of,
    "forecaster": values_of,
}


def deviation_table(unrolled: Unrolled) -> Table:
    """Largest deviation of each framework from the numpy reference."""
    table = new_table("from the reference")
    for name in (*GROUPS, "limit"):
        table.add_column(name, justify="right")
    for framework in unrolled.found:
        apart = unrolled.deviations(framework)
        largest = [
            max((a for name, a in apart.items() if belongs(name)), default=None)
            for belongs in GROUPS.values()
        ]
        shown = ["-" if value is None else f"{value:.0e}" for value in largest]
        table.add_row(
            framework_name(framework), *shown, f"{unrolled.limit:.0e}"
        )
    return table


def step_words(unrolled: Unrolled, t: int) -> tuple[str, str]:
    """The number of a step from 1, and its input."""
    x, mark = unrolled.example.x, unrolled.marks[t]
    return str(t + 1), f"{mark} ({x[0, t]})" if x.ndim == 2 else mark


def new_table(*headings: str) -> Table:
    """A table with these columns of text."""
    return terminal_table(headings, (), "l")

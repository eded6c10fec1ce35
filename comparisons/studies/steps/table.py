"""The steps of an example as tables of 80 columns."""

from collections.abc import Iterator

import numpy as np
from rich.console import Console
from rich.table import Table

from comparisons.analysis.tables import terminal_table
from comparisons.studies.steps.example import GATES, Unrolled
from comparisons.worker.requests import ENDINGS
from shared.exhibits.names import cell_name, framework_name
from shared.metrics import probabilities
from shared.specs import step_names
from shared.task import Dataset
from shared.tasks import get_task
from shared.weights.layout import layer_prefixes

UNITS = 3
"""Units whose h is shown by itself."""

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
"""Column -> the quantities of which it has the largest deviation."""


def print_steps(unrolled: Unrolled, dataset: Dataset, console: Console) -> None:
    model, run = unrolled.example.model, unrolled.run
    weights = "trained" if unrolled.example.checkpoint else "initial"
    directions = "bidirectional" if model.bidirectional else "unidirectional"
    framework = framework_name(next(iter(unrolled.found)))
    lines = [
        f"{get_task(run.task).name} {cell_name(model.cell)}, "
        f"layers: {model.num_layers}, "
        f"{directions}, hidden {model.hidden_size}; {weights} weights, "
        f"seed {run.seed}",
        f"means over the units ({framework}), |h| of magnitudes; single units",
        "",
    ]
    for line in lines:
        console.print(line, markup=False)
    for prefix, _ in layer_prefixes(model):
        console.print(direction_of(prefix), markup=False)
        console.print(layer_table(unrolled, prefix))
    console.print("outputs, had the sequence ended at this step", markup=False)
    rows = [
        (*step_cells(unrolled, t), text)
        for t, text in enumerate(output_texts(unrolled, dataset))
    ]
    console.print(terminal_table(("step", "read", "outputs"), rows, "l"))
    console.print(deviation_table(unrolled))


def direction_of(prefix: str) -> str:
    """Layer and direction in words, from the prefix of their names."""
    end = "end" if "reverse" in prefix else "start"
    return f"layer {prefix.split('.')[1]}, read from the {end}"


def layer_table(unrolled: Unrolled, prefix: str) -> Table:
    names = step_names(unrolled.example.model.cell)
    values = {name: unrolled.first[prefix + name][0] for name in names}
    h = values["h"]  # (T, H)
    rows = [
        (
            *step_cells(unrolled, t),
            *(f"{np.abs(values[name][t]).mean():.2f}" for name in names),
            *(f"{value:.2f}" for value in h[t, :UNITS]),
        )
        for t in range(len(h))
    ]
    means = [name if name in GATES else f"|{name}|" for name in names]
    units = [f"h[{unit}]" for unit in range(min(UNITS, h.shape[1]))]
    order = -1 if "reverse" in prefix else 1
    return terminal_table(
        ("step", "read", *means, *units), rows[::order], "llr"
    )


def output_texts(unrolled: Unrolled, dataset: Dataset) -> Iterator[str]:
    """A classifier's most probable classes, else the first outputs."""
    outputs = unrolled.first[ENDINGS]  # (T, K)
    if unrolled.example.model.model != "classifier":
        for row in outputs:
            yield ", ".join(f"{value:.4f}" for value in row[:LIKELY])
        return
    names = dataset.metadata.get("classes", range(outputs.shape[1]))
    for row in probabilities(outputs):
        order = np.argsort(-row, kind="stable")[:LIKELY]
        yield ", ".join(f"{names[k]} {row[k]:.3f}" for k in order)


def deviation_table(unrolled: Unrolled) -> Table:
    """Largest deviation of each framework from the numpy reference."""
    rows = []
    for framework in unrolled.found:
        errors = unrolled.deviations(framework)
        groups = [
            [error for name, error in errors.items() if belongs(name)]
            for belongs in GROUPS.values()
        ]
        cells = [f"{max(group):.0e}" if group else "-" for group in groups]
        limit = f"{unrolled.limit:.0e}"
        rows.append((framework_name(framework), *cells, limit))
    return terminal_table(("from the reference", *GROUPS, "limit"), rows)


def step_cells(unrolled: Unrolled, t: int) -> tuple[str, str]:
    """The number of a step from 1, and its input."""
    x, label = unrolled.example.x, unrolled.labels[t]
    return str(t + 1), f"{label} ({x[0, t]})" if x.ndim == 2 else label

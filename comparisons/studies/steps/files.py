"""The files of the study of steps: every number, and the picture."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from comparisons.studies.steps.example import Unrolled
from comparisons.studies.steps.table import way_of
from comparisons.worker.unroll import ENDINGS
from shared.errors import UserError
from shared.metrics import probabilities
from shared.specs import step_names
from shared.task import Dataset
from shared.weights.layout import layer_prefixes

COLUMNS = ("framework", "quantity", "step", "read", "unit", "value")
REFERENCE = "reference"


def write_csv(unrolled: Unrolled, path: Path) -> None:
    """One line per number, of every framework and of the reference."""
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        everyone = {**unrolled.found, REFERENCE: unrolled.reference}
        for framework, arrays in everyone.items():
            for name, values in arrays.items():
                for line in lines_of(name, values, unrolled.marks):
                    writer.writerow((framework, *line))


def lines_of(
    name: str, values: np.ndarray, marks: list[str]
) -> Iterator[tuple[str, int, str, int, float]]:
    """Quantity, step from 1, mark, unit from 0 and value."""
    steps = values.reshape(-1, values.shape[-1])  # (T, H), (T, K) or (1, K)
    first = len(marks) - len(steps)  # the outputs (1, K) stand at the end
    for t, row in enumerate(steps, first):
        for unit, value in enumerate(row):
            yield name, t + 1, marks[t], unit, float(value)


def draw(unrolled: Unrolled, dataset: Dataset, path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "comparisons.studies.steps.plot", str(path)],
        input=json.dumps(picture_of(unrolled, dataset)),
        text=True,
    )
    if done.returncode:
        raise UserError(f"'{path}' could not be drawn")


def picture_of(unrolled: Unrolled, dataset: Dataset) -> dict[str, Any]:
    """Data of the picture: a column per layer and direction."""
    model = unrolled.example.model
    arrays = next(iter(unrolled.found.values()))
    columns = [
        {
            "title": way_of(prefix),
            "panels": {
                name: arrays[prefix + name][0].T.tolist()  # (H, T)
                for name in step_names(model.cell)
            },
        }
        for prefix, _ in layer_prefixes(model)
    ]
    outputs, names = arrays[ENDINGS], dataset.metadata.get("classes", [])
    if names:
        outputs = probabilities(outputs)
    return {
        "title": f"{unrolled.run.task} {model.cell}",
        "marks": unrolled.marks,
        "columns": columns,
        "outputs": outputs.T.tolist(),  # (K, T)
        "names": list(names),
    }

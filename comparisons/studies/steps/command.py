"""`compare.py study steps`: the recurrence on one example, step by step.

Input, gates and states of every layer and direction in every framework,
compared with the numpy reference.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from comparisons.analysis.tables import make_console
from comparisons.equivalence.limits import LIMITS
from comparisons.runs.trained import ask_once
from comparisons.studies.common import write_csv, writing_to
from comparisons.studies.steps.example import (
    Unrolled,
    expected,
    with_last_outputs,
)
from comparisons.studies.steps.options import StepsOptions, parse_options
from comparisons.studies.steps.plot import draw
from comparisons.studies.steps.table import print_steps
from comparisons.worker.requests import Example

COLUMNS = ("framework", "quantity", "step", "read", "unit", "value")


def main(arguments: list[str]) -> int:
    """Print and write the steps; 1 if a framework deviates."""
    study = parse_options(arguments)
    console, folder = make_console(), study.options.out
    over: list[str] = []
    for cell in study.options.cells:
        unrolled = unroll(study, cell)
        print_steps(unrolled, study.dataset, console)
        table, picture = (folder / f"steps-{cell}.{k}" for k in ("csv", "png"))
        with writing_to(folder):
            write_csv(table, csv_rows(unrolled))
            draw(unrolled, study.dataset, picture)
        console.print(f"files: {table}, {picture}\n", markup=False)
        over += unrolled.over()
    for text in over:
        console.print(text, markup=False)
    return 1 if over else 0


def unroll(study: StepsOptions, cell: str) -> Unrolled:
    run = replace(study.base, cell=cell)
    model = study.trained.model if study.trained else run.model
    x, lengths, labels = study.sequence
    example = Example(model, study.path, x, lengths)
    found, request = {}, example.message()
    for name in study.options.frameworks:
        row = replace(run, framework=name)
        arrays = ask_once("unroll", row, study.options.timeout, **request)
        found[name] = with_last_outputs(arrays)
    limit = LIMITS[run.precision]["forward"]
    reference = expected(example, run.seed)
    return Unrolled(example, run, labels, found, reference, limit)


def csv_rows(unrolled: Unrolled) -> Iterator[tuple[Any, ...]]:
    """One per number; steps from 1, units from 0."""
    yield COLUMNS
    labels = unrolled.labels
    rows = {**unrolled.found, "reference": unrolled.reference}
    for framework, arrays in rows.items():
        for name, values in arrays.items():
            steps = values.reshape(-1, values.shape[-1])  # (T, H), (T or 1, K)
            # The outputs (1, K) are of the last step.
            for t, row in enumerate(steps, len(labels) - len(steps)):
                for unit, value in enumerate(row):
                    line = (name, t + 1, labels[t], unit, float(value))
                    yield (framework, *line)

"""`compare.py study steps`: the recurrence on one example, step by step.

Input, gates and states of every layer and direction, the same in every
framework: each lies beside the numpy reference.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from comparisons.analysis.tables import make_console
from comparisons.equivalence.limits import LIMITS
from comparisons.runs.processes import Worker, WorkerError
from comparisons.studies.steps.example import Arrays, Unrolled, expected
from comparisons.studies.steps.files import draw, write_csv
from comparisons.studies.steps.options import Asked, asked_of
from comparisons.studies.steps.table import print_steps
from comparisons.worker.unroll import Example, request_of
from shared.errors import UserError
from shared.exhibits.names import row_name
from shared.specs import RunSpec


def main(arguments: list[str]) -> int:
    """Print and write the steps; 1 if a framework deviates."""
    asked = asked_of(arguments)
    console = make_console()
    over: list[str] = []
    for cell in asked.choices.cells:
        unrolled = unroll(asked, cell)
        print_steps(unrolled, asked.dataset, console)
        folder = asked.choices.out
        folder.mkdir(parents=True, exist_ok=True)
        table, picture = (folder / f"steps-{cell}.{k}" for k in ("csv", "png"))
        write_csv(unrolled, table)
        draw(unrolled, asked.dataset, picture)
        console.print(f"files: {table}, {picture}\n", markup=False)
        over += unrolled.parted()
    for text in over:
        console.print(text, markup=False)
    return 1 if over else 0


def unroll(asked: Asked, cell: str) -> Unrolled:
    run, model = asked.run(cell), asked.model(cell)
    example = Example(model, asked.checkpoint, asked.x, asked.lengths)
    found = {
        name: ask(replace(run, framework=name), example, asked.choices.timeout)
        for name in asked.choices.frameworks
    }
    limit = LIMITS[run.precision]["forward"]
    reference = expected(example, run.seed)
    return Unrolled(example, run, asked.marks, found, reference, limit)


def ask(run: RunSpec, example: Example, timeout: float) -> Arrays:
    worker = Worker()
    try:
        answer = worker.ask("unroll", run, timeout, **request_of(example))
    except WorkerError as error:
        raise UserError(
            f"{row_name(run.framework, run.cell)}: {error}"
        ) from error
    finally:
        worker.end()
    return {name: np.array(a) for name, a in answer["result"].items()}

"""Norms of ∂loss/∂h by distance in time, of each framework and weights."""

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from comparisons.arguments.options import Options
from comparisons.frameworks import in_framework
from comparisons.runs.trained import fresh_worker
from comparisons.worker.requests import Start
from shared.exhibits.names import framework_name
from shared.reference import model as reference_model
from shared.specs import RunSpec, Split
from shared.specs.cells import TABLE
from shared.weights.checkpoints import WEIGHTS

RADII = (0.5, 1.0, 1.5)
"""Spectral radii of the first recurrent weights."""


class GradientNorms(NamedTuple):
    """Norms of one case in one framework, by distance from the end.

    total_norm: of the gradient of all weights, before clipping.
    """

    framework: str
    cell: str
    case: str
    norms: list[float]
    deviation: float
    total_norm: float


def cases_of(options: Options, base: RunSpec) -> Iterator[tuple[str, Start]]:
    """The weights of each cell: initial ones by radius, and trained ones."""
    for cell in options.cells:
        spec = replace(base.model, impl="scratch", cell=cell)
        if TABLE[cell].linear:  # no matrix multiplies h
            yield "initial", Start(spec, 0)
        else:
            for radius in RADII:
                yield f"radius {radius:g}", Start(spec, 0, radius)
        for framework in options.frameworks:
            file = options.out / "best" / f"{framework}-{cell}" / WEIGHTS
            if file.is_file():
                yield "trained", Start(spec, 0, 1.0, str(file.resolve()))
                break


def measure(
    options: Options,
    base: RunSpec,
    cases: list[tuple[str, Start]],
    split: Split,
) -> Iterator[GradientNorms]:
    """Every case in every framework, each in a process of its own."""
    totals = []
    for _, start in cases:
        where = (start.model, start.weights(), split)
        _, gradients = reference_model.loss_and_gradients(*where)
        squares = sum((g**2).sum() for g in gradients.values())
        totals.append(float(np.sqrt(squares)))
    for framework in options.frameworks:
        with fresh_worker(framework_name(framework)) as ask:
            for (case, start), total in zip(cases, totals, strict=True):
                cell = start.model.cell
                run = in_framework(replace(base, cell=cell), framework)
                job = ("gradients", run, options.timeout)
                own = start.message()
                answer = ask(*job, start=own, x=split.x, y=split.y)
                norms, error = answer.values()
                # Of the top layer, the last step first.
                norms = list(norms.values())[-1][::-1]
                row = (framework, cell, case)
                yield GradientNorms(*row, norms, error, total)

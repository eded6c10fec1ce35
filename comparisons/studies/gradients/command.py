"""`compare.py study gradients`: how far back a loss reaches.

The norm of ∂loss/∂h over the distance in time, by cell and framework, each
beside the numpy reference (Pascanu et al. 2013): at the start, with
recurrent weights that shrink or grow what passes, and after training.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np
from rich.console import Console

from comparisons.analysis.tables import make_console, terminal_table
from comparisons.arguments.options import Options, parse_options
from comparisons.equivalence.limits import LIMITS
from comparisons.frameworks import in_framework
from comparisons.runs.plan import load_first
from comparisons.runs.processes import Worker, WorkerError
from comparisons.studies.gradients.files import write_files
from comparisons.studies.gradients.result import GradientNorms
from comparisons.studies.gradients.starts import last_alone
from comparisons.worker.gradients import Start, request_of
from shared.errors import UserError
from shared.exhibits.names import cell_name
from shared.reference import model as reference_model
from shared.specs import RunSpec, Split
from shared.weights.checkpoints import WEIGHTS

RADII = (0.5, 1.0, 1.5)
"""Spectral radii of the first recurrent weights."""

EXAMPLES = 32
PRECISION = "float64"
SHOWN = 6
"""Distances of which the terminal shows the norm."""


def main(arguments: list[str]) -> int:
    """Print and draw; 1 if a framework parts from the reference."""
    choices = parse_options(arguments, "study gradients")
    spec = choices.task.model
    if spec.model in ("seq2seq", "autoencoder") or spec.bidirectional:
        raise UserError(
            f"task '{choices.task.name}' does not read one way with one stack "
            "of layers: there is no distance to the end"
        )
    base, dataset = load_first(choices)
    base = replace(base, precision=PRECISION, device="cpu")
    split = last_alone(dataset.test, EXAMPLES)
    cases = list(starts(choices, base))
    found = list(flows(choices, base, cases, split))
    console = make_console()
    print_flows(found, choices, console)
    trained = {
        start.model.cell: start for _, start in cases if start.checkpoint
    }
    for path in write_files(choices.out / "gradients", found, trained, split):
        console.print(f"file: {path}", markup=False, soft_wrap=True)
    limit = LIMITS[PRECISION]["gradient"]
    over = [flow for flow in found if not flow.deviation <= limit]
    for flow in over:
        console.print(
            f"{flow.framework} {flow.cell}, {flow.case}: parts from the "
            f"reference by {flow.deviation:.1e} (limit {limit:.0e})"
        )
    worst = max(flow.deviation for flow in found)
    console.print(f"largest deviation {worst:.1e} (limit {limit:.0e})")
    return 1 if over else 0


def starts(choices: Options, base: RunSpec) -> Iterator[tuple[str, Start]]:
    """The weights to look at, of each cell: first ones, and trained."""
    for cell in choices.cells:
        spec = replace(base.model, impl="scratch", cell=cell)
        for radius in RADII:
            yield f"radius {radius:g}", Start(spec, 0, radius)
        for framework in choices.frameworks:
            folder = choices.out / "best" / f"{framework}-{cell}"
            if (folder / WEIGHTS).is_file():
                path = str((folder / WEIGHTS).resolve())
                yield "trained", Start(spec, 0, 1.0, path)
                break


def flows(
    choices: Options,
    base: RunSpec,
    cases: list[tuple[str, Start]],
    split: Split,
) -> Iterator[GradientNorms]:
    """Every case in every framework, each in a process of its own."""
    wholes = [whole(start, split) for _, start in cases]
    for framework in choices.frameworks:
        worker = Worker()
        try:
            for (case, start), size in zip(cases, wholes, strict=True):
                run = replace(base, cell=start.model.cell)
                run = in_framework(run, framework)
                asked = request_of(start, split)
                answer = worker.ask("gradients", run, choices.timeout, **asked)
                yield flow_of(framework, case, start, answer["result"], size)
        except WorkerError as error:
            raise UserError(f"{framework}: {error}") from error
        finally:
            worker.end()


def flow_of(
    framework: str, case: str, start: Start, result: dict[str, Any], size: float
) -> GradientNorms:
    """The top layer's norms, the last step first."""
    norms = list(result["norms"].values())[-1][::-1]
    cell = start.model.cell
    return GradientNorms(
        framework, cell, case, norms, result["deviation"], size
    )


def whole(start: Start, split: Split) -> float:
    """Norm of the loss's gradient over all weights."""
    _, found = reference_model.loss_and_gradients(
        start.model, start.weights(), split
    )
    return float(np.sqrt(sum((g**2).sum() for g in found.values())))


def print_flows(
    found: list[GradientNorms], choices: Options, console: Console
) -> None:
    """One line per case of one framework: norms by distance, clipping."""
    first = [flow for flow in found if flow.framework == found[0].framework]
    steps = len(first[0].norms)
    places = np.unique(np.linspace(0, steps - 1, SHOWN).astype(int)).tolist()
    clip = choices.task.train.clip_norm or 1.0
    headings = ["cell, weights", *map(str, places), "all"]
    rows = [
        (
            f"{cell_name(flow.cell)}, {flow.case}",
            *(f"{flow.norms[place]:.0e}" for place in places),
            f"{flow.whole:.2g}",
            f"{min(flow.whole, clip):.2g}",
        )
        for flow in first
    ]
    table = terminal_table((*headings, f"clipped\nto {clip:g}"), rows)
    console.print("‖∂loss/∂h‖ so many steps before the last, which alone has")
    console.print("a target; all: of the gradient by all weights")
    console.print(table)

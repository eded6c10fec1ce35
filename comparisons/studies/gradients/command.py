"""`compare.py study gradients`: how far back in time a loss depends on states.

The norm of ∂loss/∂h over the distance in time, by cell and framework, each
compared with the numpy reference (Pascanu et al. 2013): at the start, with
recurrent weights that shrink or grow what passes, and after training.
"""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from rich.console import Console

from comparisons.analysis.tables import make_console, terminal_table
from comparisons.arguments.extras import installed
from comparisons.arguments.options import parse_options
from comparisons.equivalence.limits import LIMITS
from comparisons.runs.plan import load_first
from comparisons.studies.common import over_limit, write_csv, writing_to
from comparisons.studies.gradients.norms import GradientNorms, cases_of, measure
from comparisons.studies.gradients.plot import draw_norms, draw_surfaces
from comparisons.studies.gradients.surface import surface
from comparisons.worker.requests import Start
from shared.batching.indices import as_indices
from shared.errors import UserError
from shared.exhibits.names import cell_name, row_name
from shared.specs import Split

EXAMPLES = 32
PRECISION = "float64"
DISTANCES = 6
"""Distances of which the terminal shows the norm."""

COLUMNS = ("framework", "cell", "weights", "distance", "norm")


def main(arguments: list[str]) -> int:
    """Print and draw; 1 if a framework deviates from the reference."""
    options = parse_options(arguments, "study gradients")
    spec = options.task.model
    unmeasured = ("seq2seq", "autoencoder", "speech_recognizer", "video_model")
    if spec.model in unmeasured or spec.bidirectional:
        raise UserError(
            f"task '{options.task.name}' does not read in one direction with "
            "one stack of layers: there is no distance to the end"
        )
    options.frameworks = installed(options.frameworks, options.named)
    base, dataset = load_first(options)
    base = replace(base, precision=PRECISION, device="cpu")
    x, y = (as_indices(v[:EXAMPLES]) for v in dataset.test[:2])
    if y.ndim > 1 and y.dtype.kind == "i":  # a target at the last step only
        y = y.copy()
        y[:, :-1] = -1
    split = Split(x, y, None)
    cases = list(cases_of(options, base))
    found = list(measure(options, base, cases, split))
    console = make_console()
    print_norms(found, options.task.train.clip_norm or 1.0, console)
    trained = [start for _, start in cases if start.checkpoint]
    for path in write_files(options.out / "gradients", found, trained, split):
        console.print(f"file: {path}", markup=False, soft_wrap=True)
    limit = LIMITS[PRECISION]["gradient"]
    over = [one for one in found if not one.deviation <= limit]
    for one in over:
        name = f"{row_name(one.framework, one.cell)}, {one.case}"
        console.print(over_limit(name, one.deviation, limit))
    worst = max(one.deviation for one in found)
    console.print(f"largest deviation {worst:.1e} (limit {limit:.0e})")
    return 1 if over else 0


def print_norms(
    found: list[GradientNorms], clip: float, console: Console
) -> None:
    """One line per case of one framework: norms by distance, clipping."""
    first = [one for one in found if one.framework == found[0].framework]
    last = len(first[0].norms) - 1
    distances = np.unique(np.linspace(0, last, DISTANCES).astype(int)).tolist()
    rows = [
        (
            f"{cell_name(one.cell)}, {one.case}",
            *(f"{one.norms[distance]:.0e}" for distance in distances),
            f"{one.total_norm:.2g}",
            f"{min(one.total_norm, clip):.2g}",
        )
        for one in first
    ]
    headings = ("cell, weights", *map(str, distances), "all")
    console.print("‖∂loss/∂h‖ so many steps before the last, which alone has")
    console.print("a target; all: of the gradient by all weights")
    console.print(terminal_table((*headings, f"clipped\nto {clip:g}"), rows))


def write_files(
    out: Path,
    found: Sequence[GradientNorms],
    trained: Sequence[Start],
    split: Split,
) -> list[Path]:
    """Every norm, a picture, and the loss around trained weights, if any."""
    paths = [out / "gradients.csv", out / "gradients.png"]
    rows = [
        (one.framework, one.cell, one.case, distance, norm)
        for one in found
        for distance, norm in enumerate(one.norms)
    ]
    with writing_to(out):
        write_csv(paths[0], [COLUMNS, *rows])
        draw_norms(found, paths[1])
        if trained:
            paths.append(out / "surface.png")
            surfaces = {
                start.model.cell: surface(
                    start.model, start.weights(), split, start.seed
                )
                for start in trained
            }
            draw_surfaces(surfaces, paths[2])
    return paths

"""The files of the study of gradients: every norm, and two pictures."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from comparisons.studies.gradients.surface import surface
from comparisons.worker.gradients import Start
from shared.errors import UserError
from shared.specs import Split

if TYPE_CHECKING:
    from comparisons.studies.gradients.result import GradientNorms

COLUMNS = ("framework", "cell", "weights", "distance", "norm")


def write_files(
    out: Path,
    found: Sequence[GradientNorms],
    trained: Mapping[str, Start],
    split: Split,
) -> list[Path]:
    """The surface is that of trained weights, if there are any."""
    from comparisons.studies.gradients.plot import draw_flows, draw_surfaces

    paths = [out / "gradients.csv", out / "gradients.png"]
    try:
        out.mkdir(parents=True, exist_ok=True)
        write_csv(found, paths[0])
        draw_flows(found, paths[1])
        if trained:
            paths.append(out / "surface.png")
            surfaces = {
                cell: surface(start.model, start.weights(), split, start.seed)
                for cell, start in trained.items()
            }
            draw_surfaces(surfaces, paths[2])
    except OSError as error:
        raise UserError(f"cannot write to '{out}': {error.strerror}") from error
    return paths


def write_csv(found: Sequence[GradientNorms], path: Path) -> None:
    """One line per case, framework and distance."""
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        for flow in found:
            for distance, norm in enumerate(flow.norms):
                case = (flow.framework, flow.cell, flow.case)
                writer.writerow((*case, distance, norm))

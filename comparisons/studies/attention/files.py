"""The files of the study of attention: every weight, and the picture."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from comparisons.studies.attention.options import Asked
from comparisons.worker.attention import Looks
from comparisons.worker.attention_maps import map_records
from shared.errors import UserError

COLUMNS = ("framework", "sentence", "step", "written", "place", "source")


def write_files(asked: Asked, found: Mapping[str, Looks]) -> list[Path]:
    out, cell = asked.out, asked.trained.run.cell
    table, picture = (out / f"attention-{cell}.{k}" for k in ("csv", "png"))
    shown = {name: looks_of(asked, looks) for name, looks in found.items()}
    try:
        out.mkdir(parents=True, exist_ok=True)
        write_csv(shown, table)
    except OSError as error:
        raise UserError(f"cannot write to '{out}': {error.strerror}") from error
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "comparisons.studies.attention.plot",
            str(picture),
        ],
        input=json.dumps(shown),
        text=True,
    )
    if done.returncode:
        raise UserError(f"'{picture}' could not be drawn")
    return [table, picture]


def looks_of(asked: Asked, looks: Looks) -> list[dict[str, Any]]:
    return map_records(
        asked.kept, looks.x, looks.written, asked.lengths, looks.weights
    )


def write_csv(shown: Mapping[str, list[dict[str, Any]]], path: Path) -> None:
    """One line per weight; sentences, steps and positions from 1."""
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow((*COLUMNS, "weight"))
        for framework, looks in shown.items():
            for sentence, look in enumerate(looks, 1):
                for step, row in enumerate(look["weights"]):
                    for place, weight in enumerate(row):
                        writer.writerow(
                            (
                                framework,
                                sentence,
                                step + 1,
                                look["written"][step],
                                place + 1,
                                look["source"][place],
                                weight,
                            )
                        )

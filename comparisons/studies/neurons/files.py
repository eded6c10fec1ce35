"""The files of the study of neurons: every number, a picture, a page."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from comparisons.studies.neurons.colors import visible
from comparisons.studies.neurons.page import page
from comparisons.studies.neurons.study import Study
from shared.errors import UserError

DRAWN = 240
"""Symbols in the picture; the other files hold all."""

LONGEST = 10
"""Characters of a symbol in the picture."""


def write_files(study: Study) -> list[Path]:
    out, cell = study.asked.out, study.asked.trained.run.cell
    table, picture, html = (
        out / f"neurons-{cell}.{kind}" for kind in ("csv", "png", "html")
    )
    try:
        out.mkdir(parents=True, exist_ok=True)
        write_csv(study, table)
        html.write_text(page(study), encoding="utf-8")
    except OSError as error:
        raise UserError(f"cannot write to '{out}': {error.strerror}") from error
    draw(study, picture)
    return [table, picture, html]


def write_csv(study: Study, path: Path) -> None:
    """One line per token: activations after it, and the next token."""
    asked, reading = study.asked, study.reading
    units = [f"unit_{unit}" for unit in study.units]
    ends = ("probability_of_next", "entropy")
    places = range(1, reading.likely.shape[1] + 1)
    tops = [f"{kind}_{n}" for n in places for kind in ("next", "probability")]
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(("position", "symbol", *units, *ends, *tops))
        for t, mark in enumerate(asked.marks):
            values = reading.h[t, study.units].tolist()
            came = study.came(t)
            top = [
                value
                for index, share in zip(reading.likely[t], reading.shares[t])
                for value in (asked.name(index), float(share))
            ]
            end = ("" if came is None else came, float(reading.entropy[t]))
            writer.writerow((t + 1, mark, *values, *end, *top))


def draw(study: Study, path: Path) -> None:
    done = subprocess.run(
        [
            *(sys.executable, "-m", "comparisons.studies.neurons.plot"),
            str(path),
        ],
        input=json.dumps(picture_of(study)),
        text=True,
    )
    if done.returncode:
        raise UserError(f"'{path}' could not be drawn")


def picture_of(study: Study) -> dict[str, Any]:
    marks = study.asked.marks[:DRAWN]
    return {
        "title": next(study.heading()),
        "marks": [visible(mark)[:LONGEST] for mark in marks],
        "units": {
            study.label(unit): study.strip(unit)[:DRAWN].tolist()
            for unit in study.units
        },
        "likely": [
            [(name[:LONGEST], share) for name, share in study.expected(t)]
            for t in range(len(marks))
        ],
    }

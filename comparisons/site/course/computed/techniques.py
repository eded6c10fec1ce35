"""What a recorded study of regularization shows of one technique."""

import math
from functools import cache
from pathlib import Path
from typing import Any

from comparisons.analysis.loading import read_latest
from comparisons.records.environment import ROOT
from comparisons.records.files import records_file
from comparisons.records.record import RunRecord
from comparisons.records.spec import PARTS
from comparisons.site.course.base import recorded
from comparisons.site.course.computed.memory import scientific
from comparisons.site.course.effect_values import amount
from comparisons.studies.regularization.results import Study, study_of
from comparisons.studies.regularization.rows import Row
from comparisons.studies.regularization.techniques import NONE
from comparisons.studies.regularization.trials import Trial, trials_of
from shared.errors import UserError, unknown
from shared.exhibits.names import score_text

WITHOUT = "none"
"""In place of a technique: no technique at all."""


class Recorded:
    """The study in a folder, and its runs in the framework of the grid."""

    def __init__(self, folder: Path):
        records, *_ = read_latest(records_file(folder), None)
        self.study: Study = study_of(records, folder)
        runs = trials_of(one for one in records if isinstance(one, RunRecord))
        self.trials: list[Trial] = [
            one for one in runs if one.run.framework == self.study.framework
        ]

    def row(self, cell: str, technique: str) -> Row:
        """A technique at the strength that was chosen; UserError if none."""
        if cell not in self.study.cells:
            raise UserError(unknown("cell", cell, self.study.cells))
        rows = {name_of(row): row for row in self.study.rows_of(cell)}
        if technique not in rows:
            raise UserError(unknown("technique", technique, filter(None, rows)))
        return rows[technique]


def name_of(row: Row) -> str:
    """none, clip-norm; "" for two techniques at once."""
    if row.setting == NONE:
        return WITHOUT
    return str(row.setting[0][0]) if len(row.setting) == 1 else ""


def recorded_study(folder: str) -> Recorded:
    """The study of a folder of the project; UserError if it has none."""
    return _recorded(ROOT / folder, recorded(folder).stat().st_mtime_ns)


@cache
def _recorded(path: Path, changed: int) -> Recorded:
    return Recorded(path)


def technique(folder: str, cell: str, name: str, what: str) -> str:
    """A figure of a row: `diverged`, `strength`, `score`, `largest` norm."""
    found = recorded_study(folder)
    row = found.row(cell, name)
    known = {
        "diverged": lambda: share(row),
        "strength": lambda: f"{row.setting[0][1]:g}",
        "score": lambda: score_text(found.study.task.metric, row.test.mean),
        "largest": lambda: norm_text(row.largest),
    }
    if what not in known:
        raise UserError(unknown("figure", what, known))
    return known[what]()


def share(row: Row) -> str:
    return f"{row.diverged} of {row.runs}"


def norm_text(norm: float) -> str:
    """2.2, 7 × 10⁶; ∞ where a run had one that is not finite."""
    return "∞" if math.isinf(norm) else scientific(norm)


def cost(folder: str, cell: str, name: str) -> str:
    """What leaving a technique out costs: the score, or all of the runs."""
    found = recorded_study(folder)
    without, row = found.row(cell, WITHOUT), found.row(cell, name)
    if without.diverged == without.runs:
        return f"{share(without)} runs diverge, with it {share(row)}"
    if row.effect is None:
        raise UserError(f"{cell} with {name} shares no seed with {WITHOUT}")
    return amount(row.effect.reversed)


def diverges(folder: str, cell: str, name: str, which: str) -> bool:
    """Whether `all` runs of a row diverge, or `no` run does."""
    row = recorded_study(folder).row(cell, name)
    return row.diverged == {"all": row.runs, "no": 0}[which]


def unsettled(folder: str, cell: str, name: str) -> bool:
    """Whether the study does not settle what a technique changes."""
    effect = recorded_study(folder).row(cell, name).effect
    return effect is not None and not effect.settled


def setting(folder: str, name: str) -> str:
    """A field of the training or the data of all runs, or `seeds`."""
    runs = [trial.run for trial in recorded_study(folder).trials]
    known: dict[str, Any] = {"seeds": len({run.seed for run in runs})}
    for part in PARTS:
        known |= getattr(runs[0].spec, part)
    if name not in known:
        raise UserError(unknown("option", name, known))
    return f"{known[name]:g}"


TEXTS = {
    "study": setting,
    "technique": technique,
    "without-technique": cost,
}
CHECKS = {"diverges": diverges, "technique-unsettled": unsettled}

"""What a study found, from its records alone."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from comparisons.analysis.effects.families import corrected, effect_of
from comparisons.analysis.effects.samples import Sample, cell_samples
from comparisons.records.measurements import Equivalence
from comparisons.records.record import Run, RunRecord
from comparisons.records.spec import Record
from comparisons.studies.regularization.choice import (
    Choice,
    headline,
    ranked,
)
from comparisons.studies.regularization.rows import Row, cell_rows
from comparisons.studies.regularization.techniques import (
    NONE,
    TECHNIQUES,
    Setting,
    bare,
    named,
    refusals,
)
from comparisons.studies.regularization.trials import Trial, trials_of
from shared.exhibits.names import row_name
from shared.specs import CELLS, ModelSpec, RunSpec, TrainSpec
from shared.task import Task
from shared.tasks import get_task

BARE = "no regularization"
"""What effects call the setting without any technique."""


@dataclass(frozen=True)
class Study:
    """The rows of all cells, and what they follow from.

    choices: cell -> its techniques, the best on validation first;
    refused: cell -> technique -> why it cannot have it;
    shared: framework and cell -> setting -> test scores by seed, of the
    headline; unproved: models whose equivalence does not hold.
    """

    task: Task
    dataset: str
    framework: str
    rows: list[Row]
    choices: Mapping[str, Sequence[Choice]]
    refused: dict[str, dict[str, str]]
    shared: dict[tuple[str, str], dict[Setting, dict[int, float]]]
    faults: list[str]
    unproved: list[str]

    @property
    def cells(self) -> list[str]:
        return list(self.choices)

    def rows_of(self, cell: str) -> list[Row]:
        return [row for row in self.rows if row.cell == cell]


def study_of(
    records: Sequence[Record], folder: Path | None, framework: str = ""
) -> Study:
    """The study of some records; folder: that of the scores of examples.

    framework: that of the grid; else the one with the most runs.
    """
    trials = trials_of(r for r in records if isinstance(r, RunRecord))
    runs = [trial.run for trial in trials]
    names = [run.framework for run in runs]
    framework = framework or max(dict.fromkeys(names), key=names.count)
    done = next((run for run in runs if isinstance(run, Run)), runs[0])
    task = get_task(done.task, done.metric)
    cells = sorted({run.cell for run in runs}, key=CELLS.index)
    grid = {
        cell: [t for t in trials if t.run.row == (framework, cell)]
        for cell in cells
    }
    choices = {
        cell: ranked(known, task.validation_better)
        for cell, known in grid.items()
    }
    rows = [
        row
        for cell in cells
        for row in cell_rows(task, grid[cell], choices[cell])
    ]
    return Study(
        task=task,
        dataset=done.dataset,
        framework=framework,
        rows=with_effects(task, rows, grid, folder),
        choices=choices,
        refused={cell: refused_of(known) for cell, known in grid.items()},
        shared=shared_of(trials, choices),
        faults=faults_of(trials),
        unproved=unproved_of(records),
    )


def with_effects(
    task: Task,
    rows: Sequence[Row],
    grid: dict[str, list[Trial]],
    folder: Path | None,
) -> list[Row]:
    """The rows with their effects, whose tests are one family (Holm)."""
    samples: dict[tuple[str, Setting], Sample] = {}
    for row in rows:
        runs = [
            t.run
            for t in grid[row.cell]
            if t.setting == row.setting and t.scored and isinstance(t.run, Run)
        ]
        found = cell_samples(runs, task.metric, folder)
        samples |= {(c, row.setting): sample for c, sample in found.items()}
    pairs = {}
    for number, row in enumerate(rows):
        both = [
            samples[row.cell, setting]
            for setting in (row.setting, NONE)
            if (row.cell, setting) in samples
        ]
        if row.setting == NONE or len(both) < 2:
            continue
        names = (row.name, BARE)
        if pair := effect_of(task, names, (both[0], both[1])):
            pairs[number] = pair
    effects = dict(zip(pairs, corrected(list(pairs.values())), strict=True))
    return [row._replace(effect=effects.get(n)) for n, row in enumerate(rows)]


def refused_of(trials: Sequence[Trial]) -> dict[str, str]:
    """Technique -> why the cell cannot have it."""
    run, tried = trials[0].run, {n for t in trials for n, _ in t.setting}
    spec = RunSpec(
        *(run.task, run.framework, run.cell),
        model=ModelSpec(**run.spec.model),
        train=TrainSpec(**run.spec.train),
        data=None,
    )
    return refusals(bare(spec), [n for n in TECHNIQUES if n not in tried])


def shared_of(
    trials: Iterable[Trial], choices: Mapping[str, Sequence[Choice]]
) -> dict[tuple[str, str], dict[Setting, dict[int, float]]]:
    """The test scores of the headline, of each framework and cell."""
    found: dict[tuple[str, str], dict[Setting, dict[int, float]]] = {}
    for trial in trials:
        setting, run = trial
        shown = setting in headline(choices[run.cell])
        if shown and trial.scored and isinstance(run, Run):
            scores = found.setdefault(run.row, {}).setdefault(setting, {})
            scores[run.seed] = run.scores[run.metric]
    return found


def faults_of(trials: Iterable[Trial]) -> list[str]:
    """The runs that did not reach their end."""
    return [
        f"{row_name(*t.run.row)} seed {t.run.seed}, {named(t.setting)}: "
        f"{t.run.status}"
        for t in trials
        if not t.ended and t.run.status != "unavailable"
    ]


def unproved_of(records: Iterable[Record]) -> list[str]:
    """The models whose checks failed, or deviate by more than a limit."""
    names = []
    for record in records:
        if isinstance(record, Equivalence):
            holds = all(one.holds for one in record.deviations)
            if record.status != "ok" or not holds:
                names.append(row_name(*record.row))
    return list(dict.fromkeys(names))

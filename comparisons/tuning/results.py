"""What a search found: trials, and each cell's setting with its scores."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from optuna.importance import FanovaImportanceEvaluator, get_param_importances
from optuna.study import Study
from optuna.trial import FrozenTrial, TrialState

from comparisons.records.record import Run
from comparisons.records.store import Store, latest
from comparisons.tuning.plan import TunePlan
from comparisons.tuning.scores import SeedScores
from comparisons.tuning.settings import Setting
from comparisons.tuning.storage import STATUS, best_trial, ended
from comparisons.tuning.trials import SECONDS, SETTING

LEAST_TRIALS = 4
"""Complete trials of which an importance is computed."""

TESTED = "tested"
"""Attribute of a study: the settings whose test scores were read."""


@dataclass(frozen=True)
class TrialRow:
    """One trial; value: its validation score, None if it has none.

    last: the score after its last epoch, also of a trial that was pruned;
    seconds: None of one that was not alone on its cores.
    """

    number: int
    cell: str
    status: str
    setting: Setting
    value: float | None
    last: float | None
    epochs: int
    parameters: int | None
    seconds: float | None

    @property
    def complete(self) -> bool:
        return self.status == "ok"


@dataclass(frozen=True)
class Tested:
    """The selected setting of a cell in one framework."""

    framework: str
    validation: SeedScores
    test: SeedScores
    failed: int


@dataclass(frozen=True)
class CellResult:
    """A cell: its trials, the selected one, and what that reaches.

    tested_before: other settings of this search whose test scores were read.
    """

    cell: str
    trials: list[TrialRow]
    best: TrialRow | None
    tested: list[Tested]
    importance: dict[str, float]
    tested_before: int

    def count(self, *statuses: str) -> int:
        return sum(trial.status in statuses for trial in self.trials)


@dataclass(frozen=True)
class TuneResult:
    """All cells of a search."""

    plan: TunePlan
    cells: list[CellResult]

    @cached_property
    def trials(self) -> list[TrialRow]:
        return [trial for cell in self.cells for trial in cell.trials]

    @property
    def metric(self) -> str:
        return self.plan.task.metric

    @property
    def validation_metric(self) -> str:
        return self.plan.task.validation_metric


def trial_rows(cell: str, study: Study) -> list[TrialRow]:
    """The trials that count, numbered from 1."""
    return [
        trial_row(number, cell, trial)
        for number, trial in enumerate(ended(study), 1)
    ]


def trial_row(number: int, cell: str, trial: FrozenTrial) -> TrialRow:
    about: dict[str, Any] = trial.user_attrs
    return TrialRow(
        number=number,
        cell=cell,
        status=about[STATUS],
        setting=about[SETTING],
        value=trial.value if trial.state is TrialState.COMPLETE else None,
        last=trial.value,
        epochs=about.get("epochs", 0),
        parameters=about.get("parameters"),
        seconds=about.get(SECONDS, 0.0),
    )


def best_row(cell: str, study: Study) -> TrialRow | None:
    best = best_trial(study)
    if best is None:
        return None
    numbers = [trial.number for trial in ended(study)]
    return trial_row(numbers.index(best.number) + 1, cell, best)


def importances(study: Study) -> dict[str, float]:
    """Field -> its share of the variance of the scores; {} of too few.

    Functional ANOVA of a random forest (Hutter et al. 2014, section 3).
    """
    done = study.get_trials(deepcopy=False, states=(TrialState.COMPLETE,))
    if len(done) < LEAST_TRIALS or len({t.value for t in done}) == 1:
        return {}
    return get_param_importances(
        study, evaluator=FanovaImportanceEvaluator(seed=0)
    )


def note_tested(study: Study, setting: Setting) -> None:
    """Remember that the test scores of a setting are read."""
    known = study.user_attrs.get(TESTED, [])
    if setting not in known:
        study.set_user_attr(TESTED, [*known, setting])


def tune_result(
    plan: TunePlan,
    studies: dict[str, Study],
    store: Store,
    keys: list[str],
) -> TuneResult:
    """keys: those of the runs of the selected settings."""
    wanted = set(keys)
    runs = [r for r in latest(store.records) if r.key in wanted]
    return TuneResult(
        plan,
        [
            CellResult(
                cell,
                trial_rows(cell, study),
                best_row(cell, study),
                tested_in(plan, [r for r in runs if r.cell == cell]),
                importances(study),
                max(0, len(study.user_attrs.get(TESTED, [])) - 1),
            )
            for cell, study in studies.items()
        ],
    )


def tested_in(plan: TunePlan, records: list[Any]) -> list[Tested]:
    """A row for each framework that could run."""
    found = []
    for framework in plan.options.frameworks:
        own = [r for r in records if r.framework == framework]
        runs = [r for r in own if isinstance(r, Run)]
        values = [r.validation for r in runs if r.validation is not None]
        tests = [r.scores[r.metric] for r in runs]
        others = [r for r in own if r.kind == "run" and r not in runs]
        if runs or others:
            found.append(
                Tested(
                    framework,
                    SeedScores(tuple(values)),
                    SeedScores(tuple(tests)),
                    len(others),
                )
            )
    return found

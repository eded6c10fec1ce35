"""The studies of a search in Optuna's storage: one for each cell."""

import json
from pathlib import Path
from typing import Any

import optuna
from optuna.exceptions import OptunaError
from optuna.storages import RDBStorage
from optuna.study import Study, StudyDirection
from optuna.trial import FrozenTrial, TrialState
from sqlalchemy.exc import SQLAlchemyError

from comparisons.tuning.plan import FILE, TunePlan
from shared.errors import UserError
from shared.exhibits.names import cell_name

SEARCH = "search"
"""Attribute of a study that holds what its trials share, as JSON."""

STATUS, INTERRUPTED = "status", "interrupted"
"""Attribute of a trial that holds its outcome, and that of one to repeat."""

NUMBER = "number"
"""Attribute of a trial: its place among those of its cell, from 0."""

DIRECTIONS = {
    "lower": StudyDirection.MINIMIZE,
    "higher": StudyDirection.MAXIMIZE,
}

ELSEWHERE = "choose another folder with --out, or begin anew with --fresh"

optuna.logging.set_verbosity(optuna.logging.WARNING)


def open_studies(plan: TunePlan) -> dict[str, Study]:
    """Cell -> its study, a new one or that of an interrupted search.

    UserError for a file that is none of Optuna's, or is of another search.
    """
    path = plan.out / FILE
    if plan.arguments.fresh:
        path.unlink(missing_ok=True)
    try:
        storage = RDBStorage(f"sqlite:///{path.resolve()}")
        check_same(storage, path, plan.identity())
        studies = {
            cell: optuna.create_study(
                study_name=study_name(plan.task.name, cell),
                storage=storage,
                direction=DIRECTIONS[plan.better],
                load_if_exists=True,
            )
            for cell in plan.options.cells
        }
    except (SQLAlchemyError, OptunaError, RuntimeError, KeyError) as error:
        raise UserError(
            f"'{path}' holds no studies of Optuna that can be read; {ELSEWHERE}"
        ) from error
    for study in studies.values():
        if SEARCH not in study.user_attrs:
            study.set_user_attr(SEARCH, json.dumps(plan.identity()))
        repeat_interrupted(study, [p.name for p in plan.space])
    return studies


def study_name(task: str, cell: str) -> str:
    return f"{task} {cell_name(cell)}"


def check_same(
    storage: RDBStorage, path: Path, identity: dict[str, Any]
) -> None:
    """UserError if a study of the file is not of this search."""
    for summary in storage.get_all_studies():
        text = summary.user_attrs.get(SEARCH)
        if text is None:
            raise UserError(
                f"'{path}' holds another study, '{summary.study_name}'; "
                f"{ELSEWHERE}"
            )
        known = json.loads(text)
        for name, value in identity.items():
            if known.get(name) != value:
                raise UserError(
                    f"'{path}' holds another search: its {name} is "
                    f"{shown(known.get(name))}, not {shown(value)}; {ELSEWHERE}"
                )


def shown(value: Any) -> str:
    return "none" if value in (None, "") else f"'{value}'"


def repeat_interrupted(study: Study, names: list[str]) -> None:
    """Queue the settings of trials that an interrupt left running."""
    for trial in study.get_trials(states=(TrialState.RUNNING,)):
        study._storage.set_trial_user_attr(  # Trial is made by `ask` alone
            trial._trial_id, STATUS, INTERRUPTED
        )
        study.tell(trial.number, state=TrialState.FAIL)
        if all(name in trial.params for name in names):
            known = trial.user_attrs
            number = {n: known[n] for n in (NUMBER,) if n in known}
            study.enqueue_trial(trial.params, number)


def ended(study: Study) -> list[FrozenTrial]:
    """The trials that count, whatever their outcome."""
    return [
        trial
        for trial in study.get_trials(deepcopy=False)
        if trial.state.is_finished()
        and trial.user_attrs.get(STATUS) != INTERRUPTED
    ]


def numbers(study: Study) -> set[int]:
    """Those of the trials that count; one without has its place."""
    return {
        trial.user_attrs.get(NUMBER, place)
        for place, trial in enumerate(ended(study))
    }


def best_trial(study: Study) -> FrozenTrial | None:
    """The trial of the best validation score, the first of equals."""
    done = study.get_trials(deepcopy=False, states=(TrialState.COMPLETE,))
    return study.best_trial if done else None

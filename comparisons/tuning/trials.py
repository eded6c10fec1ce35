"""A trial from its setting to its end in Optuna's storage."""

from dataclasses import dataclass, field
from math import isfinite
from statistics import median

from optuna.study import Study
from optuna.trial import Trial as OptunaTrial
from optuna.trial import TrialState

from comparisons.records.record import Trial
from comparisons.runs.engines.engine import TIMED, WorkItem
from comparisons.tuning.plan import TunePlan
from comparisons.tuning.settings import Setting
from comparisons.tuning.storage import STATUS
from shared.exhibits.names import row_name, score_phrase

SETTING, KEY, SECONDS = "setting", "key", "seconds"
"""Attributes of a trial: its setting as trained, its record, and seconds."""

STATES = {"pruned": TrialState.PRUNED, "diverged": TrialState.PRUNED}
"""Outcome -> its state in Optuna, which samplers take for bad, not unknown."""


@dataclass(frozen=True, eq=False)
class OpenTrial:
    """A trial to train; place: its number, of how many.

    reported: the epochs whose scores Optuna has.
    """

    study: Study
    trial: OptunaTrial
    setting: Setting
    item: WorkItem
    place: tuple[int, int]
    reported: set[int] = field(default_factory=set)

    @property
    def label(self) -> str:
        run = self.item.run
        number, total = self.place
        return f"[{number}/{total}] {row_name(run.framework, run.cell)}"

    def report(self, epoch: int, value: float | None) -> None:
        """Store the validation score after so many epochs, once."""
        if epoch not in self.reported and value is not None:
            self.reported.add(epoch)
            self.trial.report(value, epoch + 1)

    def close(self, record: Trial) -> None:
        """End the trial in Optuna's storage; a diverged one counts as bad."""
        study, trial = self.study, self.trial
        value, status = record.validation, record.status
        if status == "ok" and (value is None or not isfinite(value)):
            status = "diverged"
        trial.set_user_attr(STATUS, status)
        trial.set_user_attr(KEY, record.key)
        trial.set_user_attr("parameters", record.parameters)
        trial.set_user_attr("epochs", len(record.epochs))
        trial.set_user_attr(SECONDS, steady_seconds(record))
        if status == "ok":
            study.tell(trial, value)
        else:
            study.tell(trial, state=STATES.get(status, TrialState.FAIL))


def outcome(plan: TunePlan, record: Trial) -> str:
    """What came of a trial, in words."""
    if record.status in ("failed", "timeout"):
        return f"{record.status}: {record.error}"
    if record.validation is None:
        return record.status
    metric = plan.task.validation_metric
    score = f"{score_phrase(metric, record.validation)} in validation"
    if record.status == "ok":
        return score
    epochs = f"{len(record.epochs)} of {plan.most_epochs} epochs"
    return f"{record.status} after {epochs}, {score}"


def steady_seconds(record: Trial) -> float | None:
    """Of all epochs, were each as the median one after the first.

    The first may compile, and waits for what the process imports. None for a
    trial that was not alone on its cores.
    """
    if record.timing != TIMED:
        return None
    seconds = [epoch.seconds for epoch in record.epochs]
    return len(seconds) * median(seconds[1:] or seconds or [0.0])

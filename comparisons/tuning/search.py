"""The search: a trial of each cell in turn, until all have as many."""

from contextlib import ExitStack
from datetime import UTC, datetime
from math import isfinite
from statistics import median
from time import perf_counter
from typing import Any

from optuna.study import Study
from optuna.trial import Trial as OptunaTrial
from optuna.trial import TrialState

from comparisons.records.record import Trial, record_of
from comparisons.records.store import Store
from comparisons.runs.processes import Worker, WorkerError
from comparisons.runs.progress import Silence
from comparisons.tuning.plan import SEED, TunePlan
from comparisons.tuning.samplers import (
    PRUNERS,
    distributions,
    rounded,
    sampler_of,
)
from comparisons.tuning.space import setting_text
from comparisons.tuning.storage import STATUS, ended
from comparisons.worker.messages import Message
from shared.errors import UserError
from shared.exhibits.names import row_name, score_phrase
from shared.specs import RunSpec

SETTING, KEY, SECONDS = "setting", "key", "seconds"
"""Attributes of a trial: its setting as trained, its record, and seconds."""

REUSED = ("ok", "diverged")


class Search:
    """Trains trials into a store, reports their validation scores to Optuna.

    Nothing here knows a test score: the worker's job has no test split.
    """

    def __init__(
        self,
        plan: TunePlan,
        studies: dict[str, Study],
        store: Store,
        progress: Silence,
    ):
        self.plan, self.studies, self.store = plan, studies, store
        self.progress = progress
        self.workers: dict[str, Worker] = {}
        self.cleanup = ExitStack()
        self.trained = set[str]()  # keys, by this command
        self.reported = set[int]()  # epochs, of the trial

    def run(self) -> None:
        """Bring every study to the same number of trials; end the workers."""
        total = self.plan.trials * len(self.studies)
        with self.cleanup:
            for number in range(self.plan.trials):
                for place, (cell, study) in enumerate(self.studies.items(), 1):
                    if len(ended(study)) <= number:
                        done = number * len(self.studies) + place
                        self._trial(cell, study, number, (done, total))

    def _trial(
        self, cell: str, study: Study, number: int, count: tuple[int, int]
    ) -> None:
        """Draw a setting, train it, and store what came of it."""
        plan, given = self.plan, self.plan.arguments
        study.sampler = sampler_of(given.sampler, given.search_seed, number)
        study.pruner = PRUNERS[given.pruner](plan.most_epochs)
        waiting = study.get_trials(states=(TrialState.WAITING,))
        if plan.points and not waiting:
            study.enqueue_trial(plan.points[number])
        trial = study.ask(distributions(plan.space))
        self.reported.clear()
        setting = rounded(trial.params, plan.space)
        trial.set_user_attr(SETTING, setting)
        label = f"[{count[0]}/{count[1]}] {row_name(plan.framework, cell)}"
        try:
            run = plan.run(setting, cell, SEED, plan.framework)
        except UserError as error:  # between ends that runs admit
            trial.set_user_attr(STATUS, "refused")
            study.tell(trial, state=TrialState.FAIL)
            self.progress.say(f"{label}: {setting_text(setting)}: {error}")
            return
        self.progress.begin(run, *count)
        record = self._recorded(run, trial) or self._train(cell, run, trial)
        self._finish(study, trial, record)
        self.progress.say(
            f"{label}: {self._outcome(record)}, {setting_text(setting)}"
        )

    def _recorded(self, run: RunSpec, trial: OptunaTrial) -> Trial | None:
        """The trial's record, if the same setting is trained already.

        A pruned one counts where this trial would be pruned there as well.
        """
        key = self.plan.plan_of([run]).key("trial", run)
        found = [r for r in self.store.records if r.key == key]
        old = self.plan.arguments.fresh and key not in self.trained
        if not found or old or not isinstance(record := found[-1], Trial):
            return None
        if record.status not in (*REUSED, "pruned"):
            return None
        pruned = False
        for epoch in record.epochs:
            self._report(trial, epoch.epoch, epoch.validation)
            pruned = trial.should_prune()  # it notes what it sees
        return record if pruned or record.status != "pruned" else None

    def _train(self, cell: str, run: RunSpec, trial: OptunaTrial) -> Trial:
        """Train a trial in the process of its cell, and record it."""
        worker = self.workers.get(cell)
        if worker is None or not worker.alive:
            worker = self.workers[cell] = Worker()
            self.cleanup.callback(worker.end)
        began = datetime.now(UTC).isoformat(timespec="seconds")
        since = perf_counter()

        def on_event(message: Message) -> None:
            self.store.check()
            self.progress.epoch(message)
            if message["event"] == "epoch":
                worker.reply({"prune": self._prunes(trial, message)})

        try:
            timeout = self.plan.options.timeout
            fields = worker.ask("trial", run, timeout, on_event)["result"]
        except WorkerError as error:
            if error.status == "unavailable":
                raise UserError(str(error)) from error
            fields = error.fields
        fields |= {"began": began, "seconds": perf_counter() - since}
        return self._append(run, fields)

    def _prunes(self, trial: OptunaTrial, message: Message) -> bool:
        """Report an epoch; whether the trial ends, which a last one does."""
        epoch = message["epoch"]
        self._report(trial, epoch, message["validation"])
        last = epoch + 1 == message["epochs"]
        return not last and bool(trial.should_prune())

    def _report(
        self, trial: OptunaTrial, epoch: int, value: float | None
    ) -> None:
        """Store the validation score after so many epochs, once."""
        if epoch not in self.reported and value is not None:
            self.reported.add(epoch)
            trial.report(value, epoch + 1)

    def _append(self, run: RunSpec, fields: Message) -> Trial:
        plan = self.plan.plan_of([run])
        record: Any = record_of(
            *("trial", plan.key("trial", run), run, plan.command),
            versions=plan.versions(run),
            **fields,
        )
        self.store.append(record)
        self.trained.add(record.key)
        trial: Trial = record
        return trial

    def _finish(self, study: Study, trial: OptunaTrial, record: Trial) -> None:
        """End the trial in Optuna's storage; a diverged one counts as bad."""
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

    def _outcome(self, record: Trial) -> str:
        if record.status in ("failed", "timeout"):
            return f"{record.status}: {record.error}"
        if record.validation is None:
            return record.status
        metric = self.plan.task.validation_metric
        score = f"{score_phrase(metric, record.validation)} in validation"
        if record.status == "ok":
            return score
        epochs = f"{len(record.epochs)} of {self.plan.most_epochs} epochs"
        return f"{record.status} after {epochs}, {score}"


def steady_seconds(record: Trial) -> float:
    """Of all epochs, were each as the median one after the first.

    The first may compile, and waits for what the process imports.
    """
    seconds = [epoch.seconds for epoch in record.epochs]
    return len(seconds) * median(seconds[1:] or seconds or [0.0])


STATES = {"pruned": TrialState.PRUNED, "diverged": TrialState.PRUNED}
"""Outcome -> its state in Optuna, which samplers take for bad, not unknown."""

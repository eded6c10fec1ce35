"""The search: which trial is next, when it ends, and what came of it.

An engine trains the trials. Optuna and the store are used in its thread alone.
"""

from typing import Any

from optuna.study import Study
from optuna.trial import TrialState

from comparisons.frameworks import installed_versions
from comparisons.records.record import Trial, record_of
from comparisons.records.store import Store
from comparisons.runs.engines.engine import WorkItem
from comparisons.runs.progress import Silence
from comparisons.tuning.plan import SEED, TunePlan
from comparisons.tuning.samplers import (
    PRUNERS,
    distributions,
    rounded,
    sampler_of,
)
from comparisons.tuning.settings import setting_text
from comparisons.tuning.storage import NUMBER, STATUS, numbers
from comparisons.tuning.trials import SETTING, OpenTrial, outcome
from comparisons.worker.messages import Message
from shared.errors import UserError
from shared.exhibits.names import row_name

REUSED = ("ok", "diverged")


class Search:
    """Gives trials to an engine, and their validation scores to Optuna.

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
        self.taken = {cell: numbers(one) for cell, one in studies.items()}
        self.first = 0  # number that a cell may have no trial of
        self.trained = set[str]()  # keys, by this command
        self.at_work = set[str]()  # keys
        self.twins: list[OpenTrial] = []  # of a key that is at work

    def next(self) -> OpenTrial | None:
        """The next trial to train; None if none is left, or none yet.

        One whose setting is at work waits for the record of that.
        """
        while opened := self._twin() or self._new():
            if opened.item.key in self.at_work:
                self.twins.append(opened)
            elif record := self._recorded(opened):
                self.begin(opened)
                self._close(opened, record)
            else:
                self.at_work.add(opened.item.key)
                return opened
        return None

    @property
    def exhausted(self) -> bool:
        """Whether no trial will follow those that are at work."""
        return not self.twins and self._free() is None

    def begin(self, opened: OpenTrial) -> None:
        """Show the trial."""
        self.progress.begin(opened.item.run, *opened.place)

    def watch(self, message: Message) -> None:
        """Show the progress of the trial that began last."""
        self.store.check()
        self.progress.epoch(message)

    def prunes(self, opened: OpenTrial, message: Message) -> bool:
        """Report an epoch; whether the trial ends, which a last one does."""
        epoch = message["epoch"]
        opened.report(epoch, message["validation"])
        last = epoch + 1 == message["epochs"]
        return not last and bool(opened.trial.should_prune())

    def finish(self, opened: OpenTrial, fields: Message) -> None:
        """Record a trial; UserError for what cannot run here."""
        if fields["status"] == "unavailable":
            raise UserError(fields["error"])
        run = opened.item.run
        record: Any = record_of(
            *("trial", opened.item.key, run, self.plan.command),
            versions=installed_versions(run.framework),
            **fields,
        )
        self.store.append(record)
        self.trained.add(record.key)
        self.at_work.discard(record.key)
        self._close(opened, record)

    def _twin(self) -> OpenTrial | None:
        """A trial whose setting is at work no longer."""
        for one in self.twins:
            if one.item.key not in self.at_work:
                self.twins.remove(one)
                return one
        return None

    def _new(self) -> OpenTrial | None:
        """The next trial of a setting that runs admit."""
        while free := self._free():
            if opened := self._open(*free):
                return opened
        return None

    def _free(self) -> tuple[str, int] | None:
        """The first number of which a cell has no trial, and that cell."""
        for number in range(self.first, self.plan.trials):
            for cell, taken in self.taken.items():
                if number not in taken:
                    return cell, number
            self.first = number + 1
        return None

    def _open(self, cell: str, number: int) -> OpenTrial | None:
        """Draw the setting of a trial; None for one that no run admits."""
        plan, given, study = self.plan, self.plan.arguments, self.studies[cell]
        study.sampler = sampler_of(given.sampler, given.search_seed, number)
        study.pruner = PRUNERS[given.pruner](plan.most_epochs)
        waiting = study.get_trials(states=(TrialState.WAITING,))
        if plan.points and not waiting:
            study.enqueue_trial(plan.points[number], {NUMBER: number})
        trial = study.ask(distributions(plan.space))
        number = trial.user_attrs.get(NUMBER, number)  # of one that waited
        trial.set_user_attr(NUMBER, number)
        self.taken[cell].add(number)
        setting = rounded(trial.params, plan.space)
        trial.set_user_attr(SETTING, setting)
        cells = [*self.studies]
        count = number * len(cells) + cells.index(cell) + 1
        place = count, plan.trials * len(cells)
        try:
            run = plan.run(setting, cell, SEED, plan.framework)
        except UserError as error:  # between ends that runs admit
            trial.set_user_attr(STATUS, "refused")
            study.tell(trial, state=TrialState.FAIL)
            self.progress.say(
                f"[{place[0]}/{place[1]}] {row_name(plan.framework, cell)}: "
                f"{setting_text(setting)}: {error}"
            )
            return None
        key = plan.plan_of([run]).key("trial", run)
        item = WorkItem("trial", key, run)
        return OpenTrial(study, trial, setting, item, place)

    def _recorded(self, opened: OpenTrial) -> Trial | None:
        """The trial's record, if the same setting is trained already.

        A pruned one counts where this trial would be pruned there as well.
        """
        key = opened.item.key
        found = [r for r in self.store.records if r.key == key]
        old = self.plan.arguments.fresh and key not in self.trained
        if not found or old or not isinstance(record := found[-1], Trial):
            return None
        if record.status not in (*REUSED, "pruned"):
            return None
        pruned = False
        for epoch in record.epochs:
            opened.report(epoch.epoch, epoch.validation)
            pruned = opened.trial.should_prune()  # it notes what it sees
        return record if pruned or record.status != "pruned" else None

    def _close(self, opened: OpenTrial, record: Trial) -> None:
        """End a trial, and show what came of it."""
        opened.close(record)
        self.progress.say(
            f"{opened.label}: {outcome(self.plan, record)}, "
            f"{setting_text(opened.setting)}"
        )

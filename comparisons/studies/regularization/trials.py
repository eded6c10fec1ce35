"""The recorded runs of a study, each with its setting."""

import math
from collections.abc import Iterable
from typing import Any, NamedTuple

import msgspec

from comparisons.records.record import Run, RunRecord
from comparisons.studies.regularization.techniques import (
    ALSO_OFF,
    NONE,
    TECHNIQUES,
    Setting,
    setting_of,
)
from shared.errors import UserError
from shared.exhibits.names import row_name

FREE = {
    "model": {"cell", "hidden_size", "impl"},
    "train": {"seed", "loop", "optimizer", *ALSO_OFF["train"]},
}
"""Fields in which the runs of one study may differ, besides the techniques."""


class Trial(NamedTuple):
    """A run of a study."""

    setting: Setting
    run: RunRecord

    @property
    def validation(self) -> float:
        """The validation score, NaN without a result."""
        run = self.run
        if not isinstance(run, Run) or run.validation is None:
            return math.nan
        return run.validation

    @property
    def diverged(self) -> bool:
        """Whether the loss is not finite, or ends above the initial one.

        Both are of the same fixed batches, without dropout.
        """
        if self.run.status == "diverged":
            return True
        losses = self.run.fit.losses if self.run.fit else []
        if not losses:
            return False
        first, last = losses[0], losses[-1]
        return first is None or last is None or not last <= first

    @property
    def scored(self) -> bool:
        """Whether its scores count: a run that diverges is counted alone."""
        return isinstance(self.run, Run) and not self.diverged

    @property
    def ended(self) -> bool:
        """Whether training reached its end: not killed, not unavailable."""
        return self.run.status in ("ok", "diverged")


def trials_of(records: Iterable[RunRecord]) -> list[Trial]:
    """The runs that measured how they fit, the last one of each setting.

    UserError where they are not of one study: other data or training, or
    budgets that are not equal.
    """
    found = {}
    for run in records:
        if run.fit is None and run.status == "ok":
            continue
        setting = setting_of(run.spec.model, run.spec.train)
        found[setting, run.framework, run.cell, run.seed] = Trial(setting, run)
    trials = list(found.values())
    if not trials:
        raise UserError("no run of a study of regularization is recorded")
    check_same_base(trials)
    check_none(trials)
    check_budget(trials)
    return trials


def check_same_base(trials: Iterable[Trial]) -> None:
    bases = {base_of(trial.run) for trial in trials}
    if len(bases) > 1:
        raise UserError(
            f"the records are of {len(bases)} studies with different data, "
            "models, or training; choose another folder with --out for each"
        )


def check_none(trials: Iterable[Trial]) -> None:
    rows = {(t.run.row, t.setting) for t in trials}
    for row, _ in rows:
        if (row, NONE) not in rows:
            raise UserError(
                f"no run of {row_name(*row)} without any technique is "
                "recorded: the study is not finished"
            )


def base_of(run: RunRecord) -> bytes:
    """What all runs of one study share."""
    spec = run.spec
    own = {name: set(fields) for name, fields in FREE.items()}
    for one in TECHNIQUES.values():
        own[one.record].add(one.field)
    shared: list[Any] = [
        {n: v for n, v in fields.items() if n not in own[name]}
        for name, fields in (("model", spec.model), ("train", spec.train))
    ]
    shared += [spec.task, spec.preset, spec.init, spec.precision, spec.data]
    return msgspec.json.encode(shared, order="sorted")


def check_budget(trials: Iterable[Trial]) -> None:
    """UserError unless all settings had the same epochs and batches.

    Early stopping may use fewer of them, and what diverges ends early.
    """
    budgets, batches = set(), dict[int, set[str]]()
    for _, run in trials:
        if run.steps_per_epoch:
            budgets.add((run.spec.train["epochs"], run.steps_per_epoch))
        whole = len(run.epochs) == run.spec.train["epochs"]
        if isinstance(run, Run) and whole:
            batches.setdefault(run.seed, set()).add(run.batches)
    if len(budgets) > 1 or any(len(one) > 1 for one in batches.values()):
        raise UserError(
            "the settings were not trained for the same epochs on the same "
            "batches: their scores are not comparable"
        )

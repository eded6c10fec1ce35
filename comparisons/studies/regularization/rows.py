"""The rows of a study: a setting of a cell over all seeds."""

import math
from collections.abc import Sequence
from statistics import median
from typing import Any, NamedTuple

from comparisons.analysis.effects.effect import Effect
from comparisons.analysis.effects.intervals import Estimate, estimate
from comparisons.records.record import RunRecord
from comparisons.studies.regularization.choice import Choice
from comparisons.studies.regularization.techniques import (
    NONE,
    TECHNIQUES,
    Setting,
    named,
)
from comparisons.studies.regularization.trials import Trial
from shared.task import Task


class Row(NamedTuple):
    """A setting of a cell over all seeds, in the framework of the grid.

    place: of the technique on the validation split, from 1; 0 for others;
    gap: by how much training sequences score better than test sequences;
    norm: mean over the runs of the median gradient norm after each epoch;
    largest: norm at any of these moments, infinite where it is not finite;
    diverged: of `runs`; effect: on the test score, against no technique.
    """

    cell: str
    setting: Setting
    place: int
    train: Estimate
    validation: Estimate
    test: Estimate
    gap: Estimate
    norm: Estimate
    largest: float
    diverged: int
    runs: int
    effect: Effect | None

    @property
    def name(self) -> str:
        return named(self.setting)


def cell_rows(
    task: Task,
    trials: Sequence[Trial],
    choices: Sequence[Choice],
) -> list[Row]:
    """None, the techniques in the order of their table, the best two."""
    places = {one.setting: n for n, one in enumerate(choices, 1)}
    order = list(TECHNIQUES)
    single = sorted(places, key=lambda setting: order.index(setting[0][0]))
    both = dict.fromkeys(t.setting for t in trials if len(t.setting) > 1)
    return [
        row_of(
            task,
            [t for t in trials if t.setting == setting],
            places.get(setting, 0),
        )
        for setting in (NONE, *single, *both)
    ]


def row_of(task: Task, trials: Sequence[Trial], place: int) -> Row:
    """A row without its effect; scores are of runs that do not diverge."""
    done = [t for t in trials if t.scored]
    pairs = [scores_of(t.run, task.metric) for t in done]
    sign = 1.0 if task.better == "higher" else -1.0
    ended = [t for t in trials if t.ended]
    norms = [norms_of(t.run) for t in ended]
    return Row(
        cell=trials[0].run.cell,
        setting=trials[0].setting,
        place=place,
        train=estimate([train for train, _ in pairs]),
        validation=estimate([t.validation for t in done]),
        test=estimate([test for _, test in pairs]),
        gap=estimate([sign * (train - test) for train, test in pairs]),
        norm=estimate([m for m, _ in norms if not math.isnan(m)]),
        largest=max((largest for _, largest in norms), default=math.nan),
        diverged=sum(t.diverged for t in ended),
        runs=len(ended),
        effect=None,
    )


def scores_of(run: Any, metric: str) -> tuple[float, float]:
    """The scores of a finished run on training and test sequences."""
    return run.fit.scores[metric], run.scores[metric]


def norms_of(run: RunRecord) -> tuple[float, float]:
    """Median and largest gradient norm after the epochs, before clipping."""
    batches = run.fit.gradient_norms[1:] if run.fit else []
    norms = [
        math.inf if norm is None else norm for each in batches for norm in each
    ]
    finite = [norm for norm in norms if math.isfinite(norm)]
    unknown = run.status == "diverged" and math.inf
    largest = max([*norms, unknown]) if norms or unknown else math.nan
    return median(finite) if finite else math.nan, largest

"""Tables of three cells that are equally good, and what is claimed of them."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from comparisons.analysis.calibration.alternatives import covered
from comparisons.analysis.effects.bootstrap import resampled
from comparisons.analysis.effects.estimate import difference
from comparisons.analysis.effects.families import compared, corrected
from comparisons.analysis.effects.samples import Sample
from shared.tasks import get_task

CELLS = ("rnn", "gru", "lstm")
EXAMPLES = 300
BATCH = 25
"""Tables whose resamples are one matrix product."""


@dataclass(frozen=True)
class Variances:
    """Standard deviations of an example's latent score, by their cause.

    seed: of a training run as a whole; example: how hard an example is for all;
    cell: for one cell, whatever its seed; noise: for one training run.
    """

    name: str
    seed: float
    example: float
    cell: float
    noise: float

    @property
    def of_examples(self) -> float:
        return math.sqrt(self.example**2 + self.cell**2 + self.noise**2)


REGIMES = (
    Variances("seeds dominate", 0.12, 1.0, 0.2, 0.4),
    Variances("balanced", 0.06, 1.0, 0.5, 0.5),
    Variances("examples dominate", 0.01, 1.0, 0.9, 0.5),
)
"""From trainings that differ a lot to those that hardly do: standard deviations
between seeds of 2.9, 1.4 and 0.3 points of accuracy."""

TASKS = {"accuracy": "names", "mse": "adding"}
"""Metric -> a task with independent examples that is scored by it."""

LEVEL = {"accuracy": 0.8, "mse": -3.0}
"""Mean of the latent score: positive is a hit; logarithm of a squared error."""


@dataclass
class Counts:
    """What was claimed of some tables, and how often intervals were right."""

    tables: int = 0
    false_claims: int = 0
    intervals: int = 0
    covered: int = 0

    def add(self, other: "Counts") -> None:
        for name, value in vars(other).items():
            setattr(self, name, getattr(self, name) + value)


def simulated(
    metric: str, case: Variances, seeds: int, tables: int, rng: Any
) -> tuple[Counts, dict[str, int]]:
    """Counts over tables, and for each alternative interval those covered.

    One training run is compared as such: its interval is of the scores that
    both runs have on all possible examples. Claims are counted where these are
    the same; with several seeds cells that do not differ have unlike runs.
    """
    counts, others = Counts(), dict[str, int]()
    for start in range(0, tables, BATCH):
        size = min(BATCH, tables - start)
        runs, truth = drawn(metric, case, seeds, size, rng)
        for cells, true in zip(samples_of(metric, runs), truth, strict=True):
            count_table(metric, cells, true, counts, others)
    return counts, others


def drawn(
    metric: str, case: Variances, seeds: int, tables: int, rng: Any
) -> tuple[np.ndarray, np.ndarray]:
    """Example scores (tables, cells, S, N), and the true score of each cell."""
    shape = (tables, len(CELLS), seeds, EXAMPLES)
    null = 0.0 if seeds == 1 and rng.uniform() < 0.5 else 1.0
    seed = null * case.seed * rng.standard_normal((*shape[:3], 1))
    latent = LEVEL[metric] + seed
    true = true_score(metric, latent, case.of_examples)[..., 0].mean(axis=2)
    if seeds > 1:
        true[:] = 0.0  # cells do not differ over all seeds
    latent = latent + case.example * rng.standard_normal(
        (tables, 1, 1, EXAMPLES)
    )
    latent += case.cell * rng.standard_normal((*shape[:2], 1, EXAMPLES))
    latent += case.noise * rng.standard_normal(shape)
    scores = latent > 0 if metric == "accuracy" else np.exp(latent)
    return scores.astype(float), true


def true_score(metric: str, latent: np.ndarray, spread: float) -> np.ndarray:
    """Expected score over all examples, given the mean latent score."""
    if metric == "accuracy":
        from scipy.special import ndtr

        return np.asarray(ndtr(latent / spread))
    return np.asarray(np.exp(latent + spread**2 / 2))


def samples_of(metric: str, runs: np.ndarray) -> Iterator[dict[str, Sample]]:
    """The cells of each table, as a page has them."""
    tables, cells, seeds, count = runs.shape
    flat = runs.reshape(-1, count)
    statistics = [np.column_stack([run, np.ones(count)]) for run in flat]
    draws = resampled(metric, statistics).T.reshape(tables, cells, seeds, -1)
    for scores, drawn_scores in zip(runs.mean(axis=3), draws, strict=True):
        yield {
            cell: Sample(
                dict(enumerate(scores[place])),
                dict(enumerate(drawn_scores[place])),
                *(count, count),
            )
            for place, cell in enumerate(CELLS)
        }


def count_table(
    metric: str,
    cells: dict[str, Sample],
    true: np.ndarray,
    counts: Counts,
    others: dict[str, int],
) -> None:
    """Add what a page would claim of a table with these true scores."""
    task = get_task(TASKS[metric])
    truth = dict(zip(CELLS, true, strict=True))
    sign = 1.0 if task.better == "higher" else -1.0
    found = corrected(compared(task, cells))
    if len(set(truth.values())) == 1:
        counts.tables += 1
        counts.false_claims += any(effect.settled for effect in found)
    for effect in found:
        gap = sign * (truth[effect.first] - truth[effect.second])
        counts.intervals += 1
        counts.covered += int(effect.low <= gap <= effect.high)
    one, other = (cells[cell] for cell in CELLS[:2])
    scores, draws = (
        np.array([list(getattr(s, name).values()) for s in (one, other)])
        for name in ("scores", "resamples")
    )
    gap, draws = truth[CELLS[0]] - truth[CELLS[1]], draws[0] - draws[1]
    estimate = difference(scores[0] - scores[1], draws.T, one.units)
    for name, covers in covered(estimate, draws, gap).items():
        others[name] = others.get(name, 0) + covers

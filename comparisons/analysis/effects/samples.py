"""The scores of each cell by seed, and on resamples of the test examples."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import fmean
from typing import Any

import numpy as np

from comparisons.analysis.effects.bootstrap import pooled, resampled
from comparisons.arguments.terminal import complain
from comparisons.records.examples import examples_file
from comparisons.records.record import Run
from shared.task.examples import AGGREGATES, Examples, read_examples


@dataclass(frozen=True)
class Sample:
    """The scores of one model.

    scores: seed -> score; resamples: seed -> scores (R,) on resamples, {} where
    those of the test examples are not known; examples: how many; units: how
    many are resampled; unit: what they are; dependent: whether neighbors are,
    so that blocks of them are resampled.
    """

    scores: Mapping[int, float]
    resamples: Mapping[int, np.ndarray]
    examples: int = 0
    units: int = 0
    unit: str = "examples"
    dependent: bool = False

    @property
    def mean(self) -> float:
        return float(np.mean(list(self.scores.values())))


def constant(scores: Mapping[int, float], like: Sample) -> Sample:
    """A baseline: its score is taken as it is for the test examples.

    One that has the same score for all seeds has it for every other seed.
    """
    known = {s: v for s, v in scores.items() if not math.isnan(v)}
    if len(set(known.values())) == 1:
        known = dict.fromkeys(like.scores, next(iter(known.values())))
    flat = {
        seed: np.full(like.resamples[seed].shape, value)
        for seed, value in known.items()
        if seed in like.resamples
    }
    return replace(like, scores=known, resamples=flat)


def cell_samples(
    runs: Iterable[Run], metric: str, folder: Path | None
) -> dict[str, Sample]:
    """Cell -> its scores, averaged over the frameworks.

    Matched frameworks repeat one model; as further samples a seed's luck would
    appear as evidence.
    """
    known = [run for run in runs if metric in run.scores]
    found = read_all_examples(known, metric, folder)
    scores: dict[str, dict[int, list[float]]] = {}
    draws: dict[str, dict[int, list[np.ndarray]]] = {}
    for run in known:
        cell, seed = run.cell, run.seed
        one = scores.setdefault(cell, {}).setdefault(seed, [])
        one.append(run.scores[metric])
        if found:
            drawn = draws.setdefault(cell, {}).setdefault(seed, [])
            drawn.append(found[run.key][1])
    first: Any = next(iter(found.values()), None)
    size = describe(*first) if first else (0, 0, "examples", False)
    return {
        cell: Sample(
            {seed: fmean(values) for seed, values in seeds.items()},
            {s: np.mean(d, axis=0) for s, d in draws.get(cell, {}).items()},
            *size,
        )
        for cell, seeds in scores.items()
    }


def describe(examples: Examples, _: np.ndarray) -> tuple[int, int, str, bool]:
    """The fields of a sample but its scores."""
    units = len(pooled(examples))
    return len(examples.statistics), units, examples.unit, examples.dependent


def read_all_examples(
    runs: list[Run], metric: str, folder: Path | None
) -> dict[str, tuple[Examples, np.ndarray]]:
    """Key -> examples and scores on resamples; {} unless all runs have them.

    Nothing is known, either, where the test splits differ in size: only seeds
    are compared then.
    """
    if folder is None or metric not in AGGREGATES:
        return {}
    found = {}
    for run in runs:
        path = examples_file(folder, run.key)
        try:
            found[run.key] = read_examples(path)
        except FileNotFoundError:
            return {}
        except (OSError, ValueError):
            complain(f"cannot read '{path}': intervals are over seeds only")
            return {}
    if len({e.statistics.shape for e in found.values()}) != 1:
        return {}
    scores = resampled(metric, [pooled(e) for e in found.values()])
    return {key: (found[key], column) for key, column in zip(found, scores.T)}

"""Scores of single test examples, from which a metric is put together again.

A metric over a split is a function of sums over its examples, so that a
resample of the examples has its score without the outputs.
"""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import numpy as np

from shared.files.atomic import write_whole

ORDERS = 4
"""Longest n-grams of BLEU."""


class Examples(NamedTuple):
    """The statistics of N examples, in the order of the test split.

    statistics: (N, k), whose sums the metric's entry in AGGREGATES takes;
    unit: what an example is, in the plural ("names");
    dependent: whether neighbors are not independent, as overlapping windows
        and consecutive stretches of one text are not.
    """

    statistics: np.ndarray
    unit: str
    dependent: bool = False


def mean(sums: np.ndarray) -> np.ndarray:
    """Of a value per example and a count: (..., 2) -> (...)."""
    return np.asarray(sums[..., 0] / sums[..., 1])


def root_mean(sums: np.ndarray) -> np.ndarray:
    return np.sqrt(mean(sums))


def exp_mean(sums: np.ndarray) -> np.ndarray:
    with np.errstate(over="ignore"):
        return np.exp(mean(sums))


def f1(sums: np.ndarray) -> np.ndarray:
    """Of correct, predicted, and true entities: (..., 3) -> (...)."""
    correct, predicted, true = np.moveaxis(sums, -1, 0)
    return np.asarray(2.0 * correct / np.maximum(predicted + true, 1.0))


def bleu(sums: np.ndarray) -> np.ndarray:
    """BLEU, 0 to 100, of the columns of `bleu_statistics`: (..., 10) -> (...).

    As sacrebleu smooths: the k-th order without a match counts as one match in
    2^k (Papineni et al. 2002; Chen and Cherry 2014, method 3).
    """
    lengths, matches = sums[..., :2], sums[..., 2 : 2 + ORDERS]
    totals = np.asarray(sums[..., 2 + ORDERS :], float)
    missing = matches <= 0
    smoothed = np.where(missing, 0.5 ** missing.cumsum(axis=-1), matches)
    known = (totals > 0).all(axis=-1) & ~missing.all(axis=-1)
    precisions = smoothed / np.maximum(totals, 1.0)
    system = np.maximum(lengths[..., 0], 1e-9)
    brevity = np.minimum(0.0, 1.0 - lengths[..., 1] / system)
    score = 100.0 * np.exp(brevity + np.log(precisions).mean(axis=-1))
    return np.where(known, score, 0.0)


AGGREGATES: dict[str, Callable[[np.ndarray], np.ndarray]] = {
    **dict.fromkeys(("accuracy", "mse", "loss", "nats", "nll", "wer"), mean),
    "rmse": root_mean,
    "perplexity": exp_mean,
    "f1": f1,
    "bleu": bleu,
}
"""Metric -> its score from the sums of its statistics."""


def means_of(
    values: np.ndarray,
    unit: str,
    counts: np.ndarray | None = None,
    dependent: bool = False,
) -> Examples:
    """Examples of a mean: sums of values (N,), and how many each sums."""
    counts = np.ones(len(values), int) if counts is None else counts
    return Examples(np.column_stack([values, counts]), unit, dependent)


def masked_means(
    values: np.ndarray, mask: np.ndarray, unit: str, dependent: bool = False
) -> Examples:
    """Examples of a mean over the steps (N, T) of a mask."""
    sums = np.where(mask, values, 0.0).sum(axis=1, dtype=float)
    return means_of(sums, unit, mask.sum(axis=1), dependent)


def write_examples(path: Path, examples: Examples) -> None:
    """Write them compressed: integers exact, others as float32."""
    columns = {
        f"statistics_{place}": compact(column)
        for place, column in enumerate(examples.statistics.T)
    }
    buffer = io.BytesIO()
    fields = {"unit": examples.unit, "dependent": examples.dependent}
    np.savez_compressed(buffer, **fields, **columns)  # type: ignore[arg-type]
    write_whole(path, buffer.getvalue())


def compact(column: np.ndarray) -> np.ndarray:
    """A column (N,) in the smallest type of integers that is exact."""
    whole = np.rint(column)
    if len(column) and column.min() >= 0 and np.array_equal(whole, column):
        return whole.astype(np.min_scalar_type(int(column.max())))
    return column.astype(np.float32)


def read_examples(path: Path) -> Examples:
    """What `write_examples` wrote; OSError or ValueError if it is not."""
    try:
        with np.load(path, allow_pickle=False) as stored:
            names = [n for n in stored.files if n.startswith("statistics_")]
            columns = [stored[name].astype(float) for name in names]
            unit, dependent = str(stored["unit"]), bool(stored["dependent"])
            return Examples(np.column_stack(columns), unit, dependent)
    except (KeyError, EOFError, zipfile.BadZipFile) as error:
        raise ValueError(f"no scores of examples: {error}") from error

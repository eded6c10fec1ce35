"""The data of a task, and their scores."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np

from shared.specs import Split

Scores = dict[str, float]


class Splits(NamedTuple):
    """The splits of a `Dataset`, in its order."""

    train: Split
    validation: Split
    test: Split


@dataclass(frozen=True)
class Dataset:
    """The three splits of a task's data, with metadata.

    input_size (D, or V for indices), output_size (K) and, with characters and
    shapes of words, char_size and shape_size (their V) complete the model spec;
    quantile_levels: of the quantiles that the outputs are, if they are any;
    metric, model: replace the task's, if not empty;
    rollout: forecasts of one step each, read as the next inputs, that a score
        takes; 1: what the model returns;
    hashes: sha256 by file name;
    metadata: numbers and names for codecs and results (class names, ...);
    arrays: what scores need besides the splits (clean targets, ...).
    """

    train: Split
    validation: Split
    test: Split
    input_size: int
    output_size: int
    char_size: int = 0
    shape_size: int = 0
    quantile_levels: tuple[float, ...] = ()
    metric: str = ""
    model: str = ""
    rollout: int = 1
    hashes: Mapping[str, str] = field(default_factory=dict)
    metadata: Mapping[str, Any] = field(default_factory=dict)
    arrays: Mapping[str, np.ndarray] = field(default_factory=dict)

    def ahead(self, split: Split) -> np.ndarray | None:
        """What a rollout reads after the windows of a split, if anything.

        (N, rollout - 1, F), of the columns that are known ahead.
        """
        names = (n for n in Splits._fields if getattr(self, n) is split)
        return self.arrays.get(f"ahead_{next(names, '')}")

    @property
    def validation_is_test(self) -> bool:
        """Whether the validation split has the examples of the test split."""
        return np.array_equal(self.validation.x, self.test.x)

    def sizes(self, examples: str) -> str:
        """The lengths of the splits; `examples` is what they count."""
        splits = (self.train, self.validation, self.test)
        counts = " / ".join(f"{len(split.x):,}" for split in splits)
        return f"{counts} {examples} (train / validation / test)"


def scores_of(
    score: Callable[[Any, str, Dataset], Scores],
    outputs: Mapping[str, Any],
    dataset: Dataset,
) -> dict[str, Scores]:
    """Baseline -> its scores on the test split, from its outputs."""
    return {name: score(o, "test", dataset) for name, o in outputs.items()}

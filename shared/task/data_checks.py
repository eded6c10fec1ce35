"""What is wrong with the arrays of a task of one's own."""

from typing import Any

import numpy as np

from shared.errors import DataError, SpecError
from shared.specs import PARTS, ModelSpec, Split, TrainSpec
from shared.task.dataset import Dataset
from shared.task.task import Task

INDICES = ("onehot", "embedding")
"""Inputs whose x is indices."""

CLASSES = {"classifier": 1, "tagger": 2, "language_model": 2}
"""Model -> dimensions of its y, which holds classes."""

VALUES = {"forecaster": "(N, K)", "sequence_forecaster": "(N, T, K)"}
"""Model -> shape of the y that it learns, which holds numbers.

It is scored by its last step, of which y (N, K) of the other splits is.
"""


def check_dataset(dataset: Any, task: Task) -> None:
    """DataError for the first array that a model of the task cannot read."""
    if not isinstance(dataset, Dataset):
        raise DataError(f"{type(dataset).__name__} is no Dataset")
    for part in PARTS:
        split = getattr(dataset, part)
        try:
            check_split(split, dataset, task.model, dataset.train)
        except DataError as error:
            raise DataError(f"{part}.{error}") from error


def check_split(
    split: Split, dataset: Dataset, model: ModelSpec, train: Split
) -> None:
    for name in ("x", "y"):
        if not isinstance(array := getattr(split, name), np.ndarray):
            raise DataError(f"{name}: {type(array).__name__} is no array")
    if not len(split.x):
        raise DataError("x: has no examples")
    if len(split.y) != len(split.x):
        raise DataError(
            f"y: {len(split.y):,} targets of {len(split.x):,} examples"
        )
    check_inputs(split, dataset, model, train)
    check_targets(split, dataset, dataset.model or model.model)
    check_lengths(split)


def check_inputs(
    split: Split, dataset: Dataset, model: ModelSpec, train: Split
) -> None:
    x, size = split.x, dataset.input_size
    if x.ndim < 2 or x.shape[2:] != train.x.shape[2:]:
        raise DataError(f"x: {x.shape} is no shape (N, T, ...)")
    if model.input in INDICES:
        check_indices("x", x, 0, size, "input_size")
        return
    check_numbers("x", x)
    if x.ndim != 3 or x.shape[2] != size:
        raise DataError(
            f"x: {x.shape} is no shape (N, T, D) with D = input_size {size}"
        )


def check_targets(split: Split, dataset: Dataset, model: str) -> None:
    y, size = split.y, dataset.output_size
    if model in CLASSES:
        count = max(size, 2)  # one logit is of two classes
        least = 0 if model == "classifier" else -1
        check_indices("y", y, least, count, "output_size")
        if y.shape != split.x.shape[: CLASSES[model]]:
            raise DataError(
                f"y: {y.shape} is no shape {split.x.shape[: CLASSES[model]]}"
            )
    elif model in VALUES:
        check_numbers("y", y)
        learned = VALUES[model] if split is dataset.train else "(N, K)"
        steps = split.x.shape[1:2] if "T" in learned else ()
        size //= max(1, len(dataset.quantile_levels))
        if y.shape[1:] != (*steps, size):
            raise DataError(
                f"y: {y.shape} is no shape {learned} with K = output_size "
                f"{size}"
            )
    elif y.dtype.kind == "f":
        check_numbers("y", y)


def check_tags(dataset: Dataset) -> None:
    """DataError for tags of which a CRF has nothing to score."""
    if dataset.output_size < 2:
        raise DataError(
            "crf: the data have a single tag, and sequences of it nothing to "
            "choose between; use --crf off"
        )
    for part in PARTS:
        _, y, lengths = getattr(dataset, part)
        ends = y.shape[1] if lengths is None else lengths[:, None]
        if (gaps := (y < 0) & (np.arange(y.shape[1]) < ends)).any():
            raise DataError(
                f"crf: needs a tag at every step, and {int(gaps.sum()):,} of "
                f"the {part} split have none; use --crf off"
            )


def check_vectors(init: str, model: ModelSpec, dataset: Dataset) -> None:
    """SpecError for word vectors that the model cannot start from."""
    if "vectors" not in dataset.arrays:
        return
    size = dataset.arrays["vectors"].shape[1]
    if model.input != "embedding":
        raise SpecError(f"embeddings need input embedding, not {model.input}")
    if model.embedding_size != size:
        raise SpecError(
            f"embedding_size {model.embedding_size} contradicts the "
            f"{size} numbers of each word in the file of --embeddings"
        )
    if init != "matched":
        raise SpecError(
            f"embeddings need init matched, not {init}: the vectors are part "
            "of the weights that all frameworks start from"
        )


def check_words(train: TrainSpec, dataset: Dataset) -> None:
    """SpecError for word dropout of inputs that are no words."""
    if train.word_dropout and not dataset.char_size:
        raise SpecError(
            f"word_dropout {train.word_dropout} needs words, of which one is "
            "the unknown word; the data have none"
        )


def check_numbers(name: str, array: np.ndarray) -> None:
    if array.dtype != np.float32:
        raise DataError(f"{name}: is {array.dtype}, not float32")
    if bad := int(np.sum(~np.isfinite(array))):
        raise DataError(f"{name}: {bad:,} values are NaN or infinite")


def check_indices(
    name: str, array: np.ndarray, least: int, size: int, field: str
) -> None:
    if array.dtype not in (np.int32, np.int16, np.int8):
        raise DataError(f"{name}: is {array.dtype}, not int32")
    low, high = int(array.min()), int(array.max())
    if low < least or high >= size:
        raise DataError(
            f"{name}: {low if low < least else high} is not between {least} "
            f"and {field} - 1 = {size - 1}"
        )


def check_lengths(split: Split) -> None:
    lengths, (count, steps) = split.lengths, split.x.shape[:2]
    if lengths is None:
        return
    if np.shape(lengths) != (count,) or lengths.dtype != np.int32:
        raise DataError(f"lengths: is no int32 array of shape ({count},)")
    if lengths.min() < 1 or lengths.max() > steps:
        raise DataError(f"lengths: are not between 1 and T = {steps}")

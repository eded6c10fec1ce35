"""What is wrong with a task of one's own, field by field."""

import dataclasses
import math
import re
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from shared.errors import DataError, SpecError, unknown
from shared.fields import check
from shared.specs import PARTS, ModelSpec, Split, TrainSpec
from shared.task.dataset import Dataset
from shared.task.task import Task

NAME = re.compile(r"[a-z][a-z0-9_-]*")
TYPES = {
    "summary": str,
    "model": ModelSpec,
    "train": TrainSpec,
    "presets": Mapping,
    "metric": str,
    **dict.fromkeys(("load", "score", "baselines"), Callable),
}
INDICES = ("onehot", "embedding")
"""Inputs whose x is indices."""

CLASSES = {"classifier": 1, "tagger": 2, "language_model": 2}
"""Model -> dimensions of its y, which holds classes."""

VALUES = {"forecaster": 2}
"""Model -> dimensions of its y (N, K), which holds numbers."""


def check_task(task: Task) -> None:
    """SpecError for the first field that cannot be used, by its name."""
    for name, kind in TYPES.items():
        value = getattr(task, name)
        if not isinstance(value, kind):  # type: ignore[arg-type]
            wanted = getattr(kind, "__name__", "function")
            raise SpecError(f"{name}: {value!r} is no {wanted}")
    if not isinstance(task.name, str) or not NAME.fullmatch(task.name):
        raise SpecError(
            f"name: {task.name!r} is no name of small letters, digits, - and _"
        )
    if task.better not in (choices := ("lower", "higher")):
        raise SpecError(f"better: {unknown('value', task.better, choices)}")
    check_options(task.data)
    if "standard" not in task.presets:
        raise SpecError("presets: 'standard', the default, is missing")
    for name, preset in task.presets.items():
        check_preset(task, f"presets: {name}", preset)


def check_options(data: Any) -> None:
    """SpecError unless it is a frozen dataclass of `shared.fields` options."""
    frozen = getattr(type(data), "__dataclass_params__", None)
    if frozen is None or not frozen.frozen or isinstance(data, type):
        raise SpecError("data: is no instance of a frozen dataclass")
    names = [item.name for item in dataclasses.fields(data)]
    if "dataset" not in names:
        raise SpecError("data: has no field 'dataset', the name of the data")
    for item in dataclasses.fields(data):
        if "help" not in item.metadata:
            raise SpecError(
                f"data: field '{item.name}' has no help; write "
                f'{item.name}: ... = option(default, "what it is")'
            )
    try:
        check(data)
    except SpecError as error:
        raise SpecError(f"data: {error}") from error


def check_preset(task: Task, where: str, preset: Mapping[str, Any]) -> None:
    kinds = ("model", "train", "data")
    for kind, changes in preset.items():
        if kind not in (*kinds, "seeds"):
            text = unknown("key", kind, (*kinds, "seeds"))
            raise SpecError(f"{where}: {text}")
        if kind == "seeds":
            continue
        record = getattr(task, kind)
        for name in changes:
            if name not in vars(record):
                text = unknown("option", name, vars(record))
                raise SpecError(f"{where}: {kind}: {text}")
        try:
            dataclasses.replace(record, **changes)
        except SpecError as error:
            raise SpecError(f"{where}: {kind}: {error}") from error


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
        if y.shape[1:] != (size,):
            raise DataError(
                f"y: {y.shape} is no shape (N, K) with K = output_size {size}"
            )
    elif y.dtype.kind == "f":
        check_numbers("y", y)


def check_numbers(name: str, array: np.ndarray) -> None:
    if array.dtype != np.float32:
        raise DataError(f"{name}: is {array.dtype}, not float32")
    if bad := int(np.sum(~np.isfinite(array))):
        raise DataError(f"{name}: {bad:,} values are NaN or infinite")


def check_indices(
    name: str, array: np.ndarray, least: int, size: int, field: str
) -> None:
    if array.dtype != np.int32:
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


def check_scores(scores: Any, task: Task, metric: str) -> None:
    """SpecError unless they have the metrics, as numbers."""
    if not isinstance(scores, Mapping):
        raise SpecError(f"{type(scores).__name__} is no dict of scores")
    for name in (metric, *task.monitor[:1]):
        if name not in scores:
            names = ", ".join(map(repr, scores)) or "nothing"
            raise SpecError(f"gives {names}, not the metric '{name}'")
        value = scores[name]
        if not isinstance(value, float | int) or math.isnan(value):
            raise SpecError(f"'{name}' is {value!r}, not a number")

"""What is wrong with a task of one's own, field by field."""

import dataclasses
import math
import re
from collections.abc import Callable, Mapping
from numbers import Real
from typing import Any

from shared.errors import SpecError, unknown
from shared.fields import check
from shared.specs import ModelSpec, TrainSpec
from shared.task.task import Published, Task

NAME = re.compile(r"[a-z][a-z0-9_-]*")
TYPES: dict[str, Any] = {
    "summary": str,
    "model": ModelSpec,
    "train": TrainSpec,
    "presets": Mapping,
    "metric": str,
    "threads": int,
    "margin": Real,
    "monitor": tuple,
    "published": tuple,
    **dict.fromkeys(("load", "score", "baselines"), Callable),
    **dict.fromkeys(("noise_floor", "details", "examples"), Callable),
    **dict.fromkeys(("summarize", "adapt", "exhibits"), Callable),
    **dict.fromkeys(("train_for", "fetchers", "sweep_defaults"), Mapping),
    "matched_hidden_sizes": Mapping,
}

WORDS: dict[Any, str] = {Callable: "function", Mapping: "dict", Real: "number"}
"""What a user calls a type."""


def check_task(task: Task) -> None:
    """SpecError for the first field that cannot be used, by its name."""
    for name, kind in TYPES.items():
        value = getattr(task, name)
        if not isinstance(value, kind):
            wanted = WORDS.get(kind, kind.__name__)
            raise SpecError(f"{name}: {value!r} is no {wanted}")
    if not isinstance(task.name, str) or not NAME.fullmatch(task.name):
        raise SpecError(
            f"name: {task.name!r} is no name of small letters, digits, - and _"
        )
    check_comparison(task)
    check_options(task.data)
    if "standard" not in task.presets:
        raise SpecError("presets: 'standard', the default, is missing")
    for name, preset in task.presets.items():
        check_preset(task, f"presets: {name}", preset)


def check_comparison(task: Task) -> None:
    """SpecError for what says which scores are better, and others' scores."""
    if len(task.monitor) not in (0, 2):
        raise SpecError(f"monitor: {task.monitor!r} is no pair")
    directions = {"better": task.better, "monitor": task.validation_better}
    for name, value in directions.items():
        if value not in (choices := ("lower", "higher")):
            raise SpecError(f"{name}: {unknown('value', value, choices)}")
    for item in task.published:
        if not isinstance(item, Published):
            raise SpecError(f"published: {item!r} is no Published")


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
    check_dict(preset, f"{where}: ")
    for kind, changes in preset.items():
        if kind not in (*kinds, "seeds"):
            text = unknown("key", kind, (*kinds, "seeds"))
            raise SpecError(f"{where}: {text}")
        if kind == "seeds":
            if not isinstance(changes, int) or changes < 1:
                raise SpecError(f"{where}: seeds: {changes!r} is no number")
            continue
        check_dict(changes, f"{where}: {kind}: ")
        record = getattr(task, kind)
        for name in changes:
            if name not in vars(record):
                text = unknown("option", name, vars(record))
                raise SpecError(f"{where}: {kind}: {text}")
        try:
            dataclasses.replace(record, **changes)
        except SpecError as error:
            raise SpecError(f"{where}: {kind}: {error}") from error


def check_dict(value: Any, where: str = "") -> None:
    if not isinstance(value, Mapping):
        raise SpecError(f"{where}{value!r} is no dict")


def check_scores(scores: Any, task: Task, metric: str) -> None:
    """SpecError unless they have the metrics, as numbers."""
    if not isinstance(scores, Mapping):
        raise SpecError(f"{type(scores).__name__} is no dict of scores")
    for name in (metric, *task.monitor[:1]):
        if name not in scores:
            names = ", ".join(map(repr, scores)) or "nothing"
            raise SpecError(f"gives {names}, not the metric '{name}'")
        value = scores[name]
        if not isinstance(value, Real) or math.isnan(value):
            raise SpecError(f"'{name}' is {value!r}, not a number")

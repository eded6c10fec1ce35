"""Which trained model, its codec, its prompt and its options."""

import dataclasses
from argparse import Namespace
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, TypeVar

import numpy as np

from comparisons.arguments.terminal import complain
from comparisons.frameworks import FRAMEWORKS
from shared.errors import SpecError, UserError
from shared.specs import CELLS
from shared.task import (
    FrameCodec,
    LabelCodec,
    LanguageModelCodec,
    Seq2SeqCodec,
    SoundCodec,
)
from shared.tasks import get_task, task_names
from shared.tasks.language_modeling.codec import ADVICE
from shared.weights.checkpoints import WEIGHTS, Checkpoint

AnyCodec = TypeVar(
    "AnyCodec",
    LanguageModelCodec,
    FrameCodec,
    Seq2SeqCodec,
    LabelCodec,
    SoundCodec,
)
Record = TypeVar("Record")

MODELS: dict[type, tuple[str, str]] = {
    LanguageModelCodec: ("language model", "vocabulary"),
    FrameCodec: ("model of frames", "beginning of a piece"),
    Seq2SeqCodec: ("sequence-to-sequence model", "vocabulary"),
    SoundCodec: ("speech recognizer", "scale of features"),
    LabelCodec: ("model that labels texts", "vocabulary"),
}
"""Codec -> its kind of model, and what that needs of a checkpoint."""


def checkpoint_path(options: Namespace, tasks: Iterable[str]) -> Path:
    """The checkpoint given, else the best of the framework and cell."""
    if options.checkpoint is not None:
        path: Path = options.checkpoint
        return path
    values = {"task": tasks, "framework": FRAMEWORKS, "cell": CELLS}
    for name, names in values.items():
        if getattr(options, name) is None:
            raise UserError(
                f"--{name} is missing (or give --checkpoint); choices: "
                f"{', '.join(names)}"
            )
    best = (options.out or Path("results") / options.task) / "best"
    folder = best / f"{options.framework}-{options.cell}"
    if not (folder / WEIGHTS).is_file():
        raise UserError(no_model(options, best, folder.name))
    return folder


def no_model(options: Namespace, best: Path, name: str) -> str:
    """Message on an absent model: the others, and the command to train it."""
    framework, cell = options.framework, options.cell
    train = f"compare.py --task {options.task} --frameworks {framework} "
    train += f"--cells {cell}"
    if options.out is not None:
        train += f" --out {options.out}"
    files = sorted(best.glob(f"[!.]*/{WEIGHTS}"))
    found = [file.parent.name for file in files]
    if not found:
        return f"'{best}' holds no trained model; train one first: {train}"
    same = [n for n in found if n.endswith(f"-{cell}")]
    return (
        f"'{best}' has no {name}, only {', '.join(found)}; read another with "
        f"--checkpoint {best / (same or found)[0]} --framework {framework}, "
        f"or train it: {train}"
    )


def codec_of(
    trained: Checkpoint, path: Path, options: Namespace, kind: type[AnyCodec]
) -> tuple[AnyCodec, Mapping[str, Any]]:
    """The codec of a model, its metadata; UserError if it is another's."""
    for name in ("task", "cell"):
        wanted, found = getattr(options, name), getattr(trained.run, name)
        if wanted not in (None, found):
            raise UserError(f"'{path}' is of {name} '{found}', not '{wanted}'")
    return codec_of_kind(trained, path, kind)


def codec_of_kind(
    trained: Checkpoint, path: Path, kind: type[AnyCodec]
) -> tuple[AnyCodec, Mapping[str, Any]]:
    """The codec of a model, its metadata; UserError if it has none such."""
    task = trained.run.task
    codec = get_task(task).codec
    model, needed = MODELS[kind]
    if not isinstance(codec, kind):
        raise UserError(
            f"task '{task}' has no {model}; those that have one: "
            f"{', '.join(tasks_with(kind))}"
        )
    if trained.metadata is None:
        raise UserError(f"'{path}' was saved without its {needed}")
    return codec, trained.metadata


def tasks_with(*kinds: type) -> list[str]:
    """The names of the tasks with a codec of these kinds."""
    return [n for n in task_names() if isinstance(get_task(n).codec, kinds)]


class TaskNames:
    """The names of the tasks with a codec, found when they are needed."""

    def __init__(self, *kinds: type) -> None:
        self.kinds = kinds

    def __iter__(self) -> Iterator[str]:
        return iter(tasks_with(*self.kinds))


def of_options(kind: type[Record], options: Namespace) -> Record:
    """A record of the options that are its fields, checked."""
    names = [item.name for item in dataclasses.fields(kind)]  # type: ignore[arg-type]
    return kind(**{n: v for n, v in vars(options).items() if n in names})


def prompt_of(
    options: Namespace, codec: LanguageModelCodec, metadata: Mapping[str, Any]
) -> np.ndarray:
    """The tokens of the prompt: (P,); prints what was left out of it."""
    text = metadata["prompt"] if options.prompt is None else options.prompt
    missing = ""
    try:
        start = codec.encode(text, metadata, "error")
    except SpecError as error:
        start = codec.encode(text, metadata, "skip")
        missing = f"prompt: {error}".removesuffix(ADVICE)
        if options.unknown == "error":
            advice = ADVICE if start.size else ", so nothing of it is known"
            raise UserError(f"{missing}{advice}") from error
    if not start.size:
        left = f"nothing is left of the {missing}"
        raise UserError(left if missing else "the prompt is empty")
    if missing:
        complain(f"{missing}; left out")
    return start

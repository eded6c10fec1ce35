"""What a command line asks the study of steps for, checked."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from comparisons.arguments.command_line import parse
from comparisons.arguments.options import Options, check_options
from comparisons.arguments.parser import take
from comparisons.frameworks import in_framework
from comparisons.records.checkpoints import load_checkpoint
from comparisons.runs.plan import load_first
from shared.errors import UserError
from shared.specs import ModelSpec, RunSpec
from shared.task import Dataset, LabelCodec
from shared.tasks import get_task
from shared.tasks.classification.predictions import plain_text
from shared.weights.checkpoints import Checkpoint


@dataclass(frozen=True)
class Asked:
    """The sequence x (1, T, ..), and the models that read it.

    base: the run of the checkpoint, or of the choices, on this machine;
    marks: a word for each step; trained: None for the first weights of
    seed 0; checkpoint: its file.
    """

    choices: Options
    base: RunSpec
    dataset: Dataset
    trained: Checkpoint | None
    checkpoint: str | None
    x: np.ndarray
    lengths: np.ndarray | None
    marks: list[str]

    def run(self, cell: str) -> RunSpec:
        """The run of a cell."""
        return replace(self.base, cell=cell)

    def model(self, cell: str) -> ModelSpec:
        if self.trained is not None:
            return self.trained.model
        return self.run(cell).model


def asked_of(arguments: list[str]) -> Asked:
    """Read the command line; raises UserError."""
    (*_, path), words = ("", *take(arguments, "--checkpoint")[0]), arguments
    trained = load_checkpoint(Path(path)) if path else None
    if trained is not None and not take(words, "--task")[0]:
        words = ["--task", trained.run.task, *words]
    own = parse("study steps", words)
    choices = choose(own, trained)
    if trained is None:
        base, dataset = load_first(choices)
    else:
        base = trained.run
        choices.task.fetch(base.data, not choices.quiet)
        dataset = choices.task.load(base.data, base.seed)
        same = ("device", "precision", "threads")
        base = replace(base, **{n: getattr(choices.run, n) for n in same})
        base = in_framework(base, choices.frameworks[0])
    file = str(own.checkpoint.resolve()) if own.checkpoint else None
    found = read(own, choices, dataset, trained)
    return Asked(choices, base, dataset, trained, file, *found)


ONE_STACK = ("forecaster", "classifier", "tagger", "language_model")
"""Models that can be unrolled."""


def choose(own: Any, trained: Checkpoint | None) -> Options:
    """The choices of a comparison, by default for one cell."""
    choices = check_options(get_task(own.task), own)
    if choices.task.model.model not in ONE_STACK:
        raise UserError(
            f"task '{choices.task.name}' has an encoder and a decoder; study "
            "steps looks into one stack of layers"
        )
    init = choices.run.init
    if init != "matched":
        raise UserError(
            "study steps loads the same weights into every framework, "
            f"which --init {init} does not"
        )
    if trained is None:
        if own.cells is None:
            choices.cells = [choices.task.model.cell]
        return choices
    if own.cells is None:
        choices.cells = [trained.run.cell]
    check_trained(own.checkpoint, choices, trained)
    return choices


def check_trained(path: Path, choices: Options, trained: Checkpoint) -> None:
    """Refuse options that contradict the checkpoint."""
    asked = (choices.task.name, *choices.cells)
    held = (trained.run.task, trained.run.cell)
    if asked != held:
        raise UserError(
            f"'{path}' holds {' '.join(held)}, not {' '.join(asked)}"
        )
    changed = [*choices.given]
    if choices.match_parameters:
        changed.append("match_parameters")
    if changed:
        flag = changed[0].replace("_", "-")
        raise UserError(
            f"'{path}' holds its own model and data; leave --{flag} out"
        )


def read(
    own: Any, choices: Options, dataset: Dataset, trained: Checkpoint | None
) -> tuple[np.ndarray, np.ndarray | None, list[str]]:
    """The sequence x (1, T, ..), its length (1,), and a label per step."""
    if own.text is not None and own.example is not None:
        raise UserError("--text and --example name two sequences; choose one")
    if own.text is None:
        return read_example(own.example or 0, dataset)
    codec = choices.task.codec
    if not isinstance(codec, LabelCodec):
        raise UserError(
            f"task '{choices.task.name}' reads no text; choose a test example "
            "with --example"
        )
    text = plain_text(own.text)
    kept = (trained.kept if trained else None) or codec.metadata(dataset)
    x, lengths = codec.encode(text, kept)
    x = x[:, : int(lengths[0])]
    marks = (list(text), text.split(), step_values(x))
    return x, lengths, next(m for m in marks if len(m) == x.shape[1])


def read_example(
    row: int, dataset: Dataset
) -> tuple[np.ndarray, np.ndarray | None, list[str]]:
    """An example of the test split without its padding."""
    x, _, lengths = dataset.test
    if not 0 <= row < len(x):
        raise UserError(
            f"there is no test example {row}, only 0 to {len(x) - 1}"
        )
    one, end = x[row : row + 1], None
    if lengths is not None:
        end = lengths[row : row + 1]
        one = one[:, : int(end[0])]
    return one, end, step_values(one)


def step_values(x: np.ndarray) -> list[str]:
    """The first value of each step of x (1, T, ..)."""
    first = x.reshape(x.shape[1], -1)[:, 0]  # (T,)
    return [f"{value:.3g}" for value in first]

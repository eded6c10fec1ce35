"""What a command line asks the study of steps for, checked."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from comparisons.arguments.flags import Parser
from comparisons.arguments.options import Options, parse_options
from comparisons.runs.plan import load_first, run_spec
from shared.errors import UserError
from shared.specs import ModelSpec, RunSpec
from shared.task import Dataset, LabelCodec
from shared.tasks import data_options, model_spec
from shared.tasks.classification.predictions import plain_text
from shared.weights.checkpoints import Checkpoint, load_checkpoint

ALIASES = {"--framework": "--frameworks", "--cell": "--cells"}
"""One framework and one cell read better in the singular."""


@dataclass(frozen=True)
class Asked:
    """The sequence x (1, T, ..), and the models that read it.

    marks: a label per step; trained: None for the initial weights of seed 0;
        checkpoint: its file.
    """

    choices: Options
    dataset: Dataset
    trained: Checkpoint | None
    checkpoint: str | None
    x: np.ndarray
    lengths: np.ndarray | None
    marks: list[str]

    def run(self, cell: str) -> RunSpec:
        """The run of a cell, or that of the checkpoint, on this machine."""
        run = run_spec(self.choices, self.choices.frameworks[0], cell, 0)
        if self.trained is None:
            return run
        same = ("framework", "device", "precision", "threads")
        return replace(self.trained.run, **{n: getattr(run, n) for n in same})

    def model(self, cell: str) -> ModelSpec:
        if self.trained is not None:
            return self.trained.model
        return model_spec(self.run(cell), self.dataset)


def asked_of(arguments: list[str]) -> Asked:
    parser = Parser(
        prog="compare.py study steps",
        epilog="and the flags of compare.py, which choose the model",
        allow_abbrev=False,
    )
    parser.add_argument("--task", help="default: that of the checkpoint")
    parser.add_argument("--text", help="what to read, where a task reads text")
    parser.add_argument(
        "--example", type=int, help="the test example to read (default: 0)"
    )
    parser.add_argument(
        "--checkpoint", type=Path, help="trained weights; default: the first"
    )
    words = [ALIASES.get(word, word) for word in arguments]
    own, rest = parser.parse_known_args(words)
    trained = load_checkpoint(own.checkpoint) if own.checkpoint else None
    choices = choose(own, rest, trained)
    if trained is None:
        dataset = load_first(choices)
    else:
        options = data_options(trained.run)
        choices.task.fetch(options, not choices.quiet)
        dataset = choices.task.load(options, trained.run.seed)
    path = str(own.checkpoint.resolve()) if own.checkpoint else None
    found = read(own, choices, dataset, trained)
    return Asked(choices, dataset, trained, path, *found)


ONE_STACK = ("forecaster", "classifier", "tagger", "language_model")
"""Models that can be unrolled."""


def choose(own: Any, rest: list[str], trained: Checkpoint | None) -> Options:
    """The options of a comparison, by default for one cell."""
    task = own.task or (trained.run.task if trained else None)
    choices = parse_options([*rest, *(["--task", task] if task else [])])
    if choices.task.model.model not in ONE_STACK:
        raise UserError(
            f"task '{choices.task.name}' has an encoder and a decoder; study "
            "steps looks into one stack of layers"
        )
    if choices.init != "matched":
        raise UserError(
            "study steps loads the same weights into every framework, "
            f"which --init {choices.init} does not"
        )
    if trained is None:
        if "--cells" not in rest:
            choices.cells = [choices.task.model.cell]
        return choices
    if "--cells" not in rest:
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
    changed = [name for part in choices.overrides.values() for name in part]
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

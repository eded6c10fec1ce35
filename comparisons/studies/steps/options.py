"""The options of the study of steps, and the sequence that it reads."""

from argparse import Namespace
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from comparisons.arguments.command_line import parse
from comparisons.arguments.extras import installed
from comparisons.arguments.options import Options, check_options
from comparisons.arguments.parser import take
from comparisons.frameworks import in_framework
from comparisons.records.checkpoints import load_checkpoint
from comparisons.runs.plan import load_first
from comparisons.studies.common import check_index
from shared.batching.indices import as_indices
from shared.errors import UserError
from shared.specs import RunSpec
from shared.task import Dataset, LabelCodec
from shared.tasks import get_task
from shared.text.tokens import plain_text
from shared.weights.checkpoints import Checkpoint

ONE_STACK = ("forecaster", "classifier", "tagger", "language_model")
"""Models that can be unrolled."""

Sequence = tuple[np.ndarray, np.ndarray | None, list[str]]
"""x (1, T, ..), its length (1,), and a label per step."""


@dataclass(frozen=True)
class StepsOptions:
    """A sequence, and the models that read it.

    base: the run of the checkpoint, or of the options, on this machine;
    trained: None for the initial weights of seed 0; path: its file.
    """

    options: Options
    base: RunSpec
    dataset: Dataset
    trained: Checkpoint | None
    path: str | None
    sequence: Sequence


def parse_options(arguments: list[str]) -> StepsOptions:
    files = take(arguments, "--checkpoint")[0]
    trained = load_checkpoint(Path(files[-1])) if files else None
    if trained is not None and not take(arguments, "--task")[0]:
        arguments = ["--task", trained.run.task, *arguments]
    flags = parse("study steps", arguments)
    options = check_unrollable(flags, trained)
    options.frameworks = installed(options.frameworks, options.named)
    if trained is None:
        path, (base, dataset) = None, load_first(options)
    else:
        path, base = str(flags.checkpoint.resolve()), trained.run
        options.task.fetch(base.data, not options.quiet)
        dataset = options.task.load(base.data, base.seed)
        same = ("device", "precision", "threads")
        base = replace(base, **{n: getattr(options.run, n) for n in same})
        base = in_framework(base, options.frameworks[0])
    sequence = read(flags, options, dataset, trained)
    return StepsOptions(options, base, dataset, trained, path, sequence)


def check_unrollable(flags: Namespace, trained: Checkpoint | None) -> Options:
    """The options of a comparison, by default for one cell."""
    options = check_options(get_task(flags.task), flags)
    name, run = options.task.name, options.run
    if options.task.model.model not in ONE_STACK:
        raise UserError(
            f"task '{name}' has an encoder and a decoder; study steps reads "
            "one stack of layers"
        )
    if run.init != "matched":
        raise UserError(
            "study steps loads the same weights into every framework, "
            f"which --init {run.init} does not"
        )
    if flags.cells is None:
        cell = options.task.model.cell if trained is None else trained.run.cell
        options.cells = [cell]
    if trained is None:
        return options
    given, stored = (name, *options.cells), (trained.run.task, trained.run.cell)
    if given != stored:
        raise UserError(
            f"'{flags.checkpoint}' holds {' '.join(stored)}, not "
            f"{' '.join(given)}"
        )
    changed = [*options.given]
    if options.match_parameters:
        changed.append("match_parameters")
    if changed:
        flag = changed[0].replace("_", "-")
        raise UserError(
            f"'{flags.checkpoint}' holds its own model and data; leave "
            f"--{flag} out"
        )
    return options


def read(
    flags: Namespace,
    options: Options,
    dataset: Dataset,
    trained: Checkpoint | None,
) -> Sequence:
    """The text given, else an example of the test split without padding."""
    if flags.text is not None and flags.example is not None:
        raise UserError("--text and --example name two sequences; choose one")
    if flags.text is None:
        (x, _, lengths), row = dataset.test, flags.example or 0
        check_index("test example", row, len(x))
        x, end = as_indices(x[row : row + 1]), None
        if lengths is not None:
            end = lengths[row : row + 1]
            x = x[:, : int(end[0])]
        return x, end, first_values(x)
    codec = options.task.codec
    if not isinstance(codec, LabelCodec):
        raise UserError(
            f"task '{options.task.name}' reads no text; choose a test example "
            "with --example"
        )
    text = plain_text(flags.text)
    metadata = (trained.metadata if trained else None) or codec.metadata(
        dataset
    )
    x, end = codec.encode(text, metadata)
    x = x[:, : int(end[0])]
    labels = (list(text), text.split(), first_values(x))
    return x, end, next(words for words in labels if len(words) == x.shape[1])


def first_values(x: np.ndarray) -> list[str]:
    """The first value of each step of x (1, T, ..)."""
    return [f"{value:.3g}" for value in x.reshape(x.shape[1], -1)[:, 0]]

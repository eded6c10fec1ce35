"""What a command line asks the study of attention for, checked."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from comparisons.arguments.checkpoints import codec_of
from comparisons.arguments.command_line import parse
from comparisons.arguments.options import words
from comparisons.arguments.texts import examples, joined, left_out_of
from comparisons.frameworks import DEFAULT
from comparisons.records.checkpoints import load_checkpoint
from comparisons.worker.attention_maps import SENTENCES
from shared.errors import DataError, UserError
from shared.task import Seq2SeqCodec
from shared.tasks import get_task
from shared.tasks.translation import text
from shared.weights.checkpoints import Checkpoint


@dataclass(frozen=True)
class Asked:
    """Options of the study.

    path: checkpoint file or folder; sources: (B, T) with their ends; lengths:
        (B,).
    """

    trained: Checkpoint
    path: Path
    kept: Mapping[str, Any]
    sources: np.ndarray
    lengths: np.ndarray
    frameworks: list[str]
    out: Path
    timeout: float


def asked_of(arguments: list[str]) -> Asked:
    """Read the command line; raises UserError."""
    options = parse("study attention", arguments)
    path: Path = options.checkpoint
    trained = load_checkpoint(path)
    codec, kept = codec_of(
        trained, path, Namespace(task=None, cell=None), Seq2SeqCodec
    )
    if trained.model.attention == "none":
        raise UserError(f"'{path}' has no attention to look with")
    frameworks = words(options.frameworks or list(DEFAULT))
    texts = options.text or held_out(options.test, trained)
    read = list(examples(texts, None, codec, kept))
    left_out_of(read, codec, kept)
    sources, lengths = joined(read)
    return Asked(
        trained,
        path.resolve(),
        kept,
        sources,
        lengths,
        frameworks,
        options.out or Path("results") / trained.run.task,
        options.timeout,
    )


def held_out(numbers: list[int] | None, trained: Checkpoint) -> list[str]:
    """Test sources of the checkpoint's data set."""
    run = trained.run
    try:
        dataset = get_task(run.task).load(run.data, run.seed)
    except DataError as error:
        raise UserError(f"{error}; or give --text") from error
    sources = [source for source, _ in dataset.arrays["test"]]
    if numbers is None:
        ends = np.asarray(dataset.test.lengths)
        numbers = np.argsort(-ends, kind="stable")[:SENTENCES].tolist()
    for number in numbers:
        if not 0 <= number < len(sources):
            raise UserError(
                f"there is no sentence {number} in the test part, only 0 to "
                f"{len(sources) - 1}"
            )
    return [text.joined(sources[number]) for number in numbers]

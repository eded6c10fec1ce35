"""The options of the study of attention, and the sources that it reads."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from comparisons.arguments.checkpoints import codec_of
from comparisons.arguments.command_line import parse
from comparisons.arguments.options import words
from comparisons.arguments.texts import examples, joined, left_out_of
from comparisons.frameworks import DEFAULT
from comparisons.studies.common import (
    TrainedOptions,
    check_index,
    load_dataset,
)
from comparisons.worker.attention_maps import SENTENCES
from shared.errors import UserError
from shared.task import Seq2SeqCodec
from shared.tasks.translation import text
from shared.weights.checkpoints import Checkpoint, load_checkpoint


@dataclass(frozen=True)
class AttentionOptions(TrainedOptions):
    """sources: (B, T) with their ends; lengths: (B,)."""

    sources: np.ndarray
    lengths: np.ndarray


def parse_options(arguments: list[str]) -> AttentionOptions:
    """Read the command line; raises UserError."""
    options = parse("study attention", arguments)
    path: Path = options.checkpoint
    trained = load_checkpoint(path)
    codec, metadata = codec_of(
        trained, path, Namespace(task=None, cell=None), Seq2SeqCodec
    )
    if trained.model.attention == "none":
        raise UserError(f"the model in '{path}' has no attention")
    frameworks = words(options.frameworks or DEFAULT)
    texts = options.text or held_out_sources(options.test, trained)
    batch = list(examples(texts, None, codec, metadata))
    left_out_of(batch, codec, metadata)
    out = options.out or Path("results") / trained.run.task
    common = (trained, path, metadata, frameworks, out, options.timeout)
    return AttentionOptions(*common, *joined(batch))


def held_out_sources(rows: list[int] | None, trained: Checkpoint) -> list[str]:
    """Sources of the test split: these rows, else the longest ones."""
    dataset = load_dataset(trained, "--text")
    sources = [text.joined(source) for source, _ in dataset.arrays["test"]]
    if rows is None:
        lengths = np.asarray(dataset.test.lengths)
        rows = np.argsort(-lengths, kind="stable")[:SENTENCES].tolist()
    for row in rows:
        check_index("test sentence", row, len(sources))
    return [sources[row] for row in rows]

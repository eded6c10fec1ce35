"""The options of the study of attention, and the sources that it reads."""

from dataclasses import dataclass

import numpy as np

from comparisons.arguments.command_line import parse
from comparisons.arguments.extras import chosen
from comparisons.arguments.texts import examples, joined, left_out_of
from comparisons.studies import common
from comparisons.worker.attention_maps import SENTENCES
from shared.errors import UserError
from shared.task import Seq2SeqCodec
from shared.tasks.translation import tokenizers
from shared.weights.checkpoints import Checkpoint


@dataclass(frozen=True)
class AttentionOptions(common.TrainedOptions):
    """sources: (B, T) with their ends; lengths: (B,)."""

    sources: np.ndarray
    lengths: np.ndarray


def parse_options(arguments: list[str]) -> AttentionOptions:
    flags = parse("study attention", arguments)
    flags.frameworks = chosen(flags.frameworks)
    base = common.load_trained(flags, Seq2SeqCodec)
    if base.trained.model.attention == "none":
        raise UserError(f"the model in '{base.path}' has no attention")
    texts = flags.text or held_out_sources(flags.test, base.trained)
    batch = list(examples(texts, base.codec, base.metadata))
    left_out_of(batch, base.codec, base.metadata)
    sources, lengths = joined(batch)
    return AttentionOptions(**vars(base), sources=sources, lengths=lengths)


def held_out_sources(rows: list[int] | None, trained: Checkpoint) -> list[str]:
    """Sources of the test split: these rows, else the longest ones."""
    dataset = common.load_dataset(trained, "--text")
    sources = [
        tokenizers.joined(source) for source, _ in dataset.arrays["test"]
    ]
    if rows is None:
        lengths = np.asarray(dataset.test.lengths)
        rows = np.argsort(-lengths, kind="stable")[:SENTENCES].tolist()
    for row in rows:
        common.check_index("test sentence", row, len(sources))
    return [sources[row] for row in rows]

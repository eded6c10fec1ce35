"""Answer a turn of a dialogue."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from shared.datasets.self_dialogue import fetch as fetch_dialogues
from shared.datasets.self_dialogue import read_dialogues
from shared.datasets.tatoeba import read_own
from shared.decoding.options import DecodedOutputs
from shared.exhibits.translation import show_replies
from shared.fields import option
from shared.files.user_file import UserFile
from shared.specs import ModelSpec, TrainSpec
from shared.task import Dataset, Scores, Seq2SeqCodec, Task
from shared.tasks.translation.codec import decode, encode, left_out, metadata
from shared.tasks.translation.data import pair_dataset
from shared.tasks.translation.details import replies, summarize
from shared.tasks.translation.dialogue_scores import baselines, scores
from shared.tasks.translation.tokenizers import MAKERS


@dataclass(frozen=True)
class DialogueData(UserFile):
    dataset: str = option(
        "self-dialogue", "data set of dialogues", choices=("self-dialogue",)
    )
    max_length: int = option(12, "largest number of words per turn", least=1)
    pairs: int = option(
        120_000, "pairs of turns to use, from the first; 0: all", least=0
    )
    tokenizer: str = option(
        "word",
        "words, or subwords by byte-pair encoding",
        choices=tuple(MAKERS),
    )
    min_count: int = option(
        5,
        "occurrences in the training split that a word of the vocabulary needs",
        least=1,
    )
    vocab_size: int = option(
        8000, "number of subwords when --tokenizer is bpe", least=16
    )


def fetch(data: DialogueData, progress: bool) -> None:
    if not data.data:
        fetch_dialogues(progress)


def load(data: DialogueData, seed: int) -> Dataset:
    """Turns and decoder inputs (N, T, 2), the next turns (N, T).

    All training seeds share the splits; `seed` changes nothing.
    """
    found = read_own(data) if data.data else read_dialogues()
    end = data.pairs or None
    found = found._replace(pairs=found.pairs[:end], groups=found.groups[:end])
    return pair_dataset(
        found, data.tokenizer, data.max_length, data.min_count, data.vocab_size
    )


def score(outputs: DecodedOutputs, part: str, dataset: Dataset) -> Scores:
    """Perplexity, token accuracy, diversity of the replies."""
    return scores(outputs, part, dataset)


def details(outputs: DecodedOutputs, dataset: Dataset) -> dict[str, Any]:
    return {"replies": replies(outputs, dataset)}


TASK = Task(
    name="chatbot",
    summary="the next turn of a dialogue (sequence to sequence)",
    model=ModelSpec(
        model="seq2seq",
        input="embedding",
        embedding_size=128,
        hidden_size=256,
        bidirectional=True,
        attention="bahdanau",
        dropout=0.2,
        input_dropout=0.2,
    ),
    train=TrainSpec(
        epochs=3,
        batch_size=64,
        learning_rate=4e-3,
        lr_schedule="cosine",
        clip_norm=1.0,
    ),
    data=DialogueData(),
    presets={
        "quick": {
            "model": {"embedding_size": 64, "hidden_size": 96},
            "train": {
                "epochs": 2,
                "batch_size": 32,
                "num_buckets": 2,
                "learning_rate": 1e-2,
            },
            "data": {"pairs": 60_000, "max_length": 8},
            "seeds": 1,
        },
        "standard": {"seeds": 1},
    },
    threads=0,
    metric="perplexity",
    better="lower",
    load=load,
    score=score,
    baselines=baselines,
    details=details,
    summarize=summarize,
    fetch=fetch,
    codec=Seq2SeqCodec(metadata, encode, decode=decode, left_out=left_out),
    exhibits=show_replies,
)

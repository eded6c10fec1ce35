"""Translate short sentences from English to French, or turn numbers round."""

from __future__ import annotations

from dataclasses import dataclass

from shared.datasets.synthetic_pairs import read_copied, read_reversed
from shared.datasets.tatoeba import fetch_tatoeba, read_own, read_tatoeba
from shared.decoding.options import DecodedOutputs
from shared.exhibits.translation import exhibits
from shared.fields import option
from shared.files.user_file import UserFile
from shared.specs import ModelSpec, TrainSpec
from shared.task import Dataset, Scores, Seq2SeqCodec, Task
from shared.tasks.translation.baselines import baselines
from shared.tasks.translation.codec import decode, encode, left_out, metadata
from shared.tasks.translation.data import pair_dataset
from shared.tasks.translation.details import details, summarize
from shared.tasks.translation.scores import scores
from shared.tasks.translation.tokenizers import MAKERS

READERS = {
    "tatoeba": read_tatoeba,
    "reverse": read_reversed,
    "copy": read_copied,
}
"""Data set -> how it is read."""


@dataclass(frozen=True)
class PairData(UserFile):
    """The pairs, and what of them is read."""

    dataset: str = option(
        "tatoeba", "data set of sentence pairs", choices=tuple(READERS)
    )
    max_length: int = option(
        10, "largest number of words per sentence", least=1
    )
    pairs: int = option(
        0, "sentence pairs to use, from the shortest; 0: all", least=0
    )
    tokenizer: str = option(
        "word",
        "words, or subwords by byte-pair encoding",
        choices=tuple(MAKERS),
    )
    min_count: int = option(
        2,
        "occurrences in the training split that a word of the vocabulary needs",
        least=1,
    )
    vocab_size: int = option(
        8000, "number of subwords when --tokenizer is bpe", least=16
    )


def fetch(data: PairData, progress: bool) -> None:
    if not data.data and data.dataset == "tatoeba":
        fetch_tatoeba(progress)


def load(data: PairData, seed: int) -> Dataset:
    """Sources and decoder inputs (N, T, 2), targets (N, T).

    All training seeds share the splits; `seed` changes nothing.
    """
    found = read_own(data) if data.data else READERS[data.dataset]()
    found = found._replace(pairs=found.pairs[: data.pairs or None])
    return pair_dataset(
        found, data.tokenizer, data.max_length, data.min_count, data.vocab_size
    )


def score(outputs: DecodedOutputs, part: str, dataset: Dataset) -> Scores:
    """BLEU, chrF, exact matches, perplexity, token accuracy."""
    return scores(outputs, part, dataset)


TASK = Task(
    name="translate",
    summary="English into French (sequence to sequence)",
    model=ModelSpec(
        model="seq2seq",
        input="embedding",
        embedding_size=128,
        hidden_size=256,
        bidirectional=True,
        attention="bahdanau",
        dropout=0.2,
        input_dropout=0.1,
    ),
    train=TrainSpec(
        epochs=2,
        batch_size=64,
        learning_rate=3e-3,
        lr_schedule="cosine",
        clip_norm=1.0,
    ),
    data=PairData(),
    presets={
        "quick": {
            "model": {"embedding_size": 64, "hidden_size": 96},
            "train": {
                "batch_size": 32,
                "num_buckets": 2,
                "learning_rate": 1e-2,
            },
            "data": {"pairs": 15_000, "max_length": 6},
            "seeds": 1,
        },
        "standard": {"seeds": 1},
        "paper": {
            "model": {"dropout": 0.3, "input_dropout": 0.2},
            "train": {"epochs": 4, "learning_rate": 4e-3},
            "seeds": 1,
        },
    },
    threads=0,
    metric="bleu",
    better="higher",
    load=load,
    score=score,
    baselines=baselines,
    details=details,
    summarize=summarize,
    fetch=fetch,
    codec=Seq2SeqCodec(metadata, encode, left_out, decode),
    exhibits=exhibits,
)

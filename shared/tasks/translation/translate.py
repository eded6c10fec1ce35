"""Translate short sentences from English to French, or reverse numbers."""

from __future__ import annotations

from shared.datasets.tatoeba import fetch_tatoeba, read_own
from shared.exhibits.translation import exhibits
from shared.specs import ModelSpec, cosine_training
from shared.task import Dataset, Seq2SeqCodec, Task
from shared.tasks.translation.baselines import baselines
from shared.tasks.translation.codec import decode, encode, left_out, metadata
from shared.tasks.translation.data import READERS, PairData, pair_dataset
from shared.tasks.translation.details import details, summarize
from shared.tasks.translation.scores import score


def fetch(data: PairData, progress: bool) -> None:
    if not data.data and data.dataset == "tatoeba":
        fetch_tatoeba(progress)


def load(data: PairData, seed: int) -> Dataset:
    found = read_own(data) if data.data else READERS[data.dataset]()
    return pair_dataset(found, data)


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
    train=cosine_training(epochs=2, batch_size=64, learning_rate=3e-3),
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
        },
        "standard": {},
        "paper": {
            "model": {"dropout": 0.3, "input_dropout": 0.2},
            "train": {"epochs": 4, "learning_rate": 4e-3},
        },
    },
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

"""Predict the next character of a text: plays, source code, or a user's."""

from dataclasses import dataclass
from functools import partial
from typing import ClassVar

from shared.datasets import shakespeare
from shared.datasets.corpora import CHARACTERS, SPLITS, in_words, read_own
from shared.exhibits.language_modeling import exhibits
from shared.fields import count, from_zero, option
from shared.files.user_file import UserFile
from shared.specs import ModelSpec, cosine_training
from shared.task import Dataset, LanguageModelCodec, Published, Task
from shared.tasks.language_modeling.codec import (
    LanguageMetadata,
    decode,
    encode,
    metadata,
)
from shared.tasks.language_modeling.data import character_dataset, summarize
from shared.tasks.language_modeling.ngrams import baselines
from shared.tasks.language_modeling.scores import details, score, score_examples


@dataclass(frozen=True)
class CharacterData(UserFile):
    COPIED_AS: ClassVar[str] = ".txt"

    dataset: str = option("shakespeare", "text", choices=tuple(CHARACTERS))
    bptt: int = count(
        32,
        "characters T of a window, the length of truncated "
        "backpropagation through time",
    )
    characters: int = from_zero(
        1_200_000, "characters of the text to use, from its beginning; 0: all"
    )
    split: str = option(
        SPLITS[0],
        "percent of the text for training, validation and test, in its order; "
        "with 90/10, which is customary, and 95/5, the last two are the same",
        SPLITS,
    )


def load(data: CharacterData, seed: int) -> Dataset:
    read = partial(read_own, data) if data.data else CHARACTERS[data.dataset]
    corpus = read(data.characters, data.split)
    return character_dataset(corpus, data.bptt)


FENG = "Feng et al. 2024, test loss in the setting of nanoGPT"
NANOGPT = "nanoGPT, README: best validation loss, first 90 % trained on"
NINE_TENTHS = {"split": in_words("90/10")}

TASK = Task(
    name="charlm",
    summary="next character of a text (language model)",
    model=ModelSpec(
        model="language_model",
        input="embedding",
        embedding_size=64,
        hidden_size=256,
        num_layers=2,
        dropout=0.2,
    ),
    # Short windows: with more updates an LSTM starts to learn sooner; a lower
    # beta2 suits them.
    train=cosine_training(
        epochs=7, batch_size=64, learning_rate=5e-3, beta2=0.99, stateful=True
    ),
    data=CharacterData(),
    presets={
        "quick": {
            "model": {"hidden_size": 128, "num_layers": 1, "dropout": 0.0},
            "train": {"epochs": 3, "batch_size": 32, "learning_rate": 5e-3},
            "data": {"characters": 300_000, "bptt": 64},
        },
        "standard": {},
        # The defaults of char-rnn (Karpathy 2015), which has two layers too.
        "paper": {
            "model": {"input": "onehot", "hidden_size": 128, "dropout": 0.0},
            "train": {
                "epochs": 50,
                "batch_size": 50,
                "optimizer": "rmsprop",
                "learning_rate": 2e-3,
                "rho": 0.95,
                "epsilon": 1e-8,
                "lr_schedule": "exponential",
                "lr_decay": 0.97,
                "lr_decay_start": 10,
                "clip_norm": 0.0,
                "clip_value": 5.0,
            },
            "data": {"bptt": 50, "split": "95/5"},
        },
    },
    metric="nats",
    better="lower",
    load=load,
    score=score,
    examples=score_examples,
    baselines=baselines,
    details=details,
    summarize=summarize,
    fetchers={"shakespeare": shakespeare.fetch},
    codec=LanguageModelCodec(metadata, encode, decode, stored=LanguageMetadata),
    exhibits=exhibits,
    published=tuple(
        Published(name, value, "nats", source, "shakespeare", NINE_TENTHS)
        for name, value, source in (
            ("minLSTM", 1.555, FENG),
            ("minGRU", 1.548, FENG),
            ("Transformer", 1.547, FENG),
            ("Transformer of 6 layers", 1.4697, NANOGPT),
        )
    ),
)

"""Foretell the next word of a text: articles of Wikipedia, newspapers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from shared.datasets import wikitext2
from shared.datasets.corpora import WORDS
from shared.errors import SpecError
from shared.exhibits.language_modeling import exhibits
from shared.fields import check, option
from shared.specs import ModelSpec, TrainSpec
from shared.task import Dataset, LanguageModelCodec, Published, Scores, Task
from shared.tasks.language_modeling.codec import decode, encode, metadata
from shared.tasks.language_modeling.data import word_dataset
from shared.tasks.language_modeling.details import (
    by_frequency,
    by_position,
    summarize,
)
from shared.tasks.language_modeling.ngrams import ngram_losses
from shared.tasks.language_modeling.scores import scored, word_scores

FETCH = {
    "wikitext-2": wikitext2.fetch,
    # Read from a folder of the user's own: its licence is unclear.
    "ptb": lambda progress: None,
}

NGRAMS = {"unigram": 1, "3-gram, Witten-Bell": 3}
"""Baseline -> n."""


@dataclass(frozen=True)
class WordData:
    """The text, and what of it is read."""

    dataset: str = option("wikitext-2", "text", choices=tuple(WORDS))
    folder: str = option(
        "", "folder with the files of ptb, if they are not in the data folder"
    )
    bptt: int = option(
        35,
        "words T of a window, the length of truncated "
        "backpropagation through time",
        least=1,
    )
    train_words: int = option(
        0, "training words to use, from the beginning; 0: all", least=0
    )
    test_words: int = option(
        0,
        "words of the validation and of the test split to use; 0: all",
        least=0,
    )

    def __post_init__(self) -> None:
        """Check every field; only ptb has a folder."""
        check(self)
        if self.folder and self.dataset != "ptb":
            raise SpecError(
                f"folder '{self.folder}' needs --dataset ptb, not "
                f"{self.dataset}"
            )


def fetch(data: WordData, progress: bool) -> None:
    FETCH[data.dataset](progress)


def load(data: WordData, seed: int) -> Dataset:
    """Words as indices (N, T), and the next ones (N, T).

    All training seeds share the splits; `seed` changes nothing.
    """
    corpus = WORDS[data.dataset](data.folder)
    return word_dataset(corpus, data.bptt, data.train_words, data.test_words)


def score(outputs: np.ndarray, part: str, dataset: Dataset) -> Scores:
    """Perplexity and nats of losses (N, T) in nats."""
    return word_scores(scored(outputs, part, dataset))


def baselines(dataset: Dataset) -> dict[str, Scores]:
    return {
        name: score(ngram_losses(dataset, n), "test", dataset)
        for name, n in NGRAMS.items()
    }


def details(outputs: np.ndarray, dataset: Dataset) -> dict[str, Any]:
    return {
        "by_position": by_position(outputs, dataset),
        "by_frequency": by_frequency(outputs, dataset),
    }


ZAREMBA = "Zaremba et al. 2014"
BAI = "Bai et al. 2018, 13M parameters"
AWD = "Merity et al. 2018"

# What both presets below train by, from the word language model of PyTorch's
# examples; there the rate is divided by 4 whenever validation gets no better,
# here it follows a cosine.
EXAMPLE = {
    "epochs": 40,
    "batch_size": 20,
    "optimizer": "sgd",
    "learning_rate": 20.0,
    "clip_norm": 0.25,
}

TASK = Task(
    name="wordlm",
    summary="next word of a text (language model)",
    model=ModelSpec(
        model="language_model",
        input="embedding",
        embedding_size=200,
        hidden_size=200,
        dropout=0.2,
        input_dropout=0.2,
        tie_weights=True,
    ),
    train=TrainSpec(
        epochs=2,
        batch_size=32,
        learning_rate=2e-3,
        lr_schedule="cosine",
        clip_norm=1.0,
        stateful=True,
    ),
    data=WordData(),
    presets={
        "quick": {
            "model": {"embedding_size": 64, "hidden_size": 64},
            "train": {"learning_rate": 5e-3},
            "data": {"train_words": 100_000, "test_words": 20_000},
            "seeds": 1,
        },
        # All of WikiText-2 takes about ten minutes an epoch on two cores,
        # nearly all of it in the head: 33,278 words at each step.
        "standard": {"data": {"train_words": 500_000}, "seeds": 1},
        "whole": {"seeds": 1},
        "example": {
            "model": {"num_layers": 2, "tie_weights": False},
            "train": EXAMPLE,
            "data": {"bptt": 35},
            "seeds": 1,
        },
        # Bai et al. 2018, table 3, of the LSTM on Penn Treebank: layers,
        # units, size of the embedding, dropout, clipping, rate. Not stated
        # there: batches, epochs, schedule, tied weights; theirs begins with a
        # forget bias of 1.
        "bai": {
            "model": {
                "embedding_size": 700,
                "hidden_size": 700,
                "num_layers": 3,
                "dropout": 0.4,
                "input_dropout": 0.4,
                "tie_weights": True,
            },
            "train": {**EXAMPLE, "learning_rate": 30.0, "clip_norm": 0.3},
            "data": {"dataset": "ptb", "bptt": 35},
            "seeds": 1,
        },
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
    codec=LanguageModelCodec(metadata, encode, decode),
    exhibits=exhibits,
    published=tuple(
        Published(name, value, "perplexity", source, dataset)
        for dataset, name, value, source in (
            ("wikitext-2", "AWD-LSTM", 65.8, AWD),
            ("wikitext-2", "LSTM", 99.3, "Grave et al. 2017"),
            ("ptb", "LSTM, not regularised", 114.5, ZAREMBA),
            ("ptb", "LSTM, medium", 82.7, ZAREMBA),
            ("ptb", "LSTM, large", 78.4, ZAREMBA),
            ("ptb", "LSTM", 78.93, BAI),
            ("ptb", "GRU", 92.48, BAI),
            ("ptb", "RNN", 114.50, BAI),
            ("ptb", "AWD-LSTM", 57.3, AWD),
        )
    ),
)

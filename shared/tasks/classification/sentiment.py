"""Classify a text as positive or negative from its words."""

from functools import partial
from typing import Any

import numpy as np

from shared.datasets import imdb, sst2
from shared.datasets.sentiment_corpora import READERS, read_own, thin
from shared.exhibits.mistakes import classifier_exhibits
from shared.specs import ModelSpec, cosine_training
from shared.task import Dataset, LabelCodec, Published, Scores, Task, scores_of
from shared.tasks.classification import text_data
from shared.tasks.classification.baselines import majority, tfidf_logistic
from shared.tasks.classification.scores import (
    decode,
    score,
    score_examples,
    text_details,
)
from shared.text.scripts import cut_note
from shared.text.summary import summarize_texts, wrap_lines
from shared.text.words.vectors import adapt_width


def load(data: text_data.SentimentData, seed: int) -> Dataset:
    if data.data:
        corpus = read_own(data, data.split_seed)
    else:
        corpus = READERS[data.dataset](data.split_seed)
    sizes = {"train": data.train_texts, "test": data.test_texts}
    parts = {
        part: thin(texts, sizes.get(part, 0), data.split_seed)
        for part, texts in corpus.parts.items()
    }
    return text_data.text_dataset(corpus._replace(parts=parts), data)


def summarize(dataset: Dataset) -> list[str]:
    longest, cut = (dataset.metadata[n] for n in ("longest_text", "cut_texts"))
    lines = summarize_texts(dataset, "texts", "words", longest, cut)
    notes = cut_note(dataset.arrays["vocabulary"]) + dataset.metadata["notes"]
    return lines + wrap_lines(notes)


def baselines(dataset: Dataset) -> dict[str, Scores]:
    """Majority class, and TF-IDF with logistic regression."""
    labels, classes = dataset.train.y, len(dataset.metadata["classes"])
    train, test = (
        text_data.tokens_of(dataset, part) for part in ("train", "test")
    )
    regression = tfidf_logistic(train, labels, test, classes)
    outputs = {
        "majority class": majority(labels, len(regression), classes),
        "TF-IDF, logistic regression": regression,
    }
    return scores_of(score, outputs, dataset)


def details(outputs: np.ndarray, dataset: Dataset) -> dict[str, Any]:
    return text_details(outputs, dataset, text_data.excerpts(dataset), "text")


DAI_LE = "Dai and Le 2015, error {} %"
TAI = "Tai et al. 2015, trained on labels of phrases too"

TASK = Task(
    name="sentiment",
    summary="sentiment of a text, by words (classification)",
    model=ModelSpec(
        model="classifier",
        input="embedding",
        embedding_size=100,
        hidden_size=64,
        bidirectional=True,
        pooling="mean+max",
        dropout=0.3,
        input_dropout=0.2,
    ),
    # Patience only restores the best epoch: 3 never stop one of 2 or 4.
    train=cosine_training(
        epochs=2, batch_size=64, learning_rate=5e-3, patience=3
    ),
    # A third of the texts: in two epochs, RNN and LSTM validate worse.
    train_for={"sst2": {"epochs": 4, "learning_rate": 2e-3}},
    data=text_data.SentimentData(),
    presets={
        "quick": {
            "model": {"hidden_size": 32},
            "train": {"epochs": 3, "learning_rate": 3e-3},
            "data": {"train_texts": 4000, "test_texts": 2000, "steps": 100},
        },
        "standard": {},
    },
    adapt=adapt_width,
    # Two threads make step times depend on what else the machine does.
    threads=1,
    metric="accuracy",
    better="higher",
    load=load,
    score=score,
    examples=partial(score_examples, unit="texts"),
    baselines=baselines,
    details=details,
    summarize=summarize,
    fetchers={"imdb": imdb.fetch, "sst2": sst2.fetch},
    codec=LabelCodec(
        *(text_data.metadata, text_data.encode, decode),
        stored=text_data.TextMetadata,
    ),
    exhibits=lambda runs: classifier_exhibits(
        runs,
        "text",
        "A long text is cut here; the model reads more of it. "
        "Some are no mistakes: a label may be wrong.",
    ),
    published=tuple(
        Published(name, value, "accuracy", source, dataset)
        for dataset, name, value, source in (
            ("imdb", "LSTM, tuned", 0.865, DAI_LE.format("13.50")),
            ("imdb", "LSTM on word2vec", 0.900, DAI_LE.format("10.00")),
            ("imdb", "SA-LSTM, pretrained", 0.9276, DAI_LE.format("7.24")),
            ("imdb", "oh-LSTM", 0.941, "Johnson and Zhang 2016"),
            ("imdb", "word vectors, no RNN", 0.8889, "Maas et al. 2011"),
            ("sst2", "LSTM", 0.849, TAI),
            ("sst2", "bidirectional LSTM", 0.875, TAI),
            ("sst2", "constituency Tree-LSTM", 0.880, TAI),
            ("sst2", "C-LSTM", 0.878, "Zhou et al. 2015"),
        )
    ),
)

"""Tell from the words of a text whether it is positive or negative."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from shared import metrics
from shared.datasets import imdb, sst2
from shared.datasets.sentiment_corpora import READERS, read_own, thin
from shared.exhibits.confusion import confusion_exhibits
from shared.exhibits.kinds import Exhibit, RunView, best_runs
from shared.exhibits.mistakes import mistakes_table
from shared.files.user_file import UserTable
from shared.specs import ModelSpec, TrainSpec, count, from_zero, option
from shared.task import (
    Dataset,
    LabelCodec,
    Published,
    Scores,
    Task,
    scores_of,
)
from shared.tasks.classification.baselines import majority, tfidf_logistic
from shared.tasks.classification.details import confident_mistakes
from shared.tasks.classification.text_data import (
    as_dataset,
    decode,
    encode,
    excerpts,
    metadata,
    tokens_of,
)
from shared.text.summary import summarize_texts
from shared.text.word_vocabulary import TRUNCATIONS, WordVocabulary

FETCH = {"imdb": imdb.fetch, "sst2": sst2.fetch}

BINARY = {
    "accuracy": metrics.binary_accuracy,
    "f1": metrics.f1,
    "roc_auc": metrics.roc_auc,
}
MANY = {"accuracy": metrics.accuracy, "macro_f1": metrics.macro_f1}
"""Scores of one logit, and of one for each of more classes."""


@dataclass(frozen=True)
class SentimentData(UserTable):
    """The texts, and what of them a model reads."""

    dataset: str = option(
        "imdb", "data set of labeled texts", choices=tuple(READERS)
    )
    max_words: int = from_zero(
        10000, "size of the vocabulary, the most frequent words; 0: no limit"
    )
    min_count: int = count(
        2,
        "occurrences in the training split that a word of the vocabulary needs",
    )
    steps: int = count(200, "tokens T that a longer text is truncated to")
    truncate: str = option(
        "pre",
        "end of a longer text that is dropped: pre, its beginning; "
        "post, its end (as in Keras' pad_sequences)",
        choices=tuple(TRUNCATIONS),
    )
    train_texts: int = from_zero(
        0, "training texts to use, sampled by split_seed; 0: all"
    )
    test_texts: int = from_zero(
        0, "test texts to use, sampled by split_seed; 0: all"
    )
    split_seed: int = from_zero(
        0, "seed of the split, the same for all training seeds"
    )


def fetch(data: SentimentData, progress: bool) -> None:
    if not data.data:
        FETCH[data.dataset](progress)


def load(data: SentimentData, seed: int) -> Dataset:
    """Words as indices (N, T) and classes (N,).

    All training seeds share one split; `seed` changes nothing.
    """
    if data.data:
        found = read_own(data, data.split_seed)
    else:
        found = READERS[data.dataset](data.split_seed)
    counts = {"train": data.train_texts, "test": data.test_texts}
    parts = {
        part: thin(own, counts.get(part, 0), data.split_seed)
        for part, own in found.parts.items()
    }
    words = WordVocabulary.learn(
        parts["train"].tokens, data.min_count, data.max_words
    )
    kept = found._replace(parts=parts)
    return as_dataset(kept, words, data.steps, data.truncate)


def score(outputs: np.ndarray, part: str, dataset: Dataset) -> Scores:
    """Accuracy, F1 and ROC AUC of one logit; accuracy, macro F1 of more."""
    targets = getattr(dataset, part).y
    scores = BINARY if outputs.shape[1] == 1 else MANY
    return {name: compute(outputs, targets) for name, compute in scores.items()}


def baselines(dataset: Dataset) -> dict[str, Scores]:
    """Majority class, and TF-IDF with logistic regression."""
    labels, classes = dataset.train.y, len(dataset.metadata["classes"])
    train, test = (tokens_of(dataset, part) for part in ("train", "test"))
    regression = tfidf_logistic(train, labels, test, classes)
    guesses = {
        "majority class": majority(labels, len(regression), classes),
        "TF-IDF, logistic regression": regression,
    }
    return scores_of(score, guesses, dataset)


def details(outputs: np.ndarray, dataset: Dataset) -> dict[str, Any]:
    classes, truth = dataset.metadata["classes"], dataset.test.y
    logits = metrics.two_classes(outputs)
    found = metrics.probabilities(logits)
    texts = excerpts(dataset)
    return {
        "classes": classes,
        "confusion": metrics.confusion(logits, truth).tolist(),
        "mistakes": confident_mistakes(found, truth, classes, texts, "text"),
    }


def summarize(dataset: Dataset) -> list[str]:
    metadata = dataset.metadata
    longest, cut = metadata["longest_text"], metadata["cut_texts"]
    return summarize_texts(dataset, "texts", "words", longest, cut)


def exhibits(runs: list[RunView]) -> list[Exhibit]:
    shown = confusion_exhibits(runs, "texts")
    best = [run for run in best_runs(runs) if "mistakes" in run.details]
    text = (
        "Long texts are cut; the model reads more of them than stands here. "
        "Some are no mistakes: a label may be wrong."
    )
    return [*shown, mistakes_table(best, "text", text)] if best else shown


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
        dropout=0.5,
        input_dropout=0.5,
    ),
    train=TrainSpec(
        epochs=4,
        batch_size=64,
        learning_rate=2e-3,
        lr_schedule="cosine",
        clip_norm=1.0,
        # The best of all epochs is kept: none is left out.
        patience=3,
    ),
    data=SentimentData(),
    presets={
        "quick": {
            "model": {"hidden_size": 32},
            "train": {"epochs": 3, "learning_rate": 3e-3},
            "data": {"train_texts": 4000, "test_texts": 2000, "steps": 100},
            "seeds": 1,
        },
        "standard": {"seeds": 1},
    },
    # Two threads make step times depend on what else the machine does.
    threads=1,
    metric="accuracy",
    better="higher",
    load=load,
    score=score,
    baselines=baselines,
    details=details,
    summarize=summarize,
    fetch=fetch,
    codec=LabelCodec(metadata, encode, decode),
    exhibits=exhibits,
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

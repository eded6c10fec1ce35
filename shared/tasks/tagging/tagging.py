"""Tag each word of a sentence: parts of speech, or named entities."""

from __future__ import annotations

from dataclasses import dataclass

from shared.datasets import ewt, wnut17
from shared.datasets.user_labelled import read_tags
from shared.exhibits.tagging import exhibits
from shared.files.user_file import UserTags, hashes
from shared.specs import ModelSpec, TrainSpec, count, from_zero, option
from shared.task import Dataset, LabelCodec, Published, Task
from shared.tasks.tagging.codec import decode, encode, metadata
from shared.tasks.tagging.data import subset, tag_dataset
from shared.tasks.tagging.details import details
from shared.tasks.tagging.scores import baselines, score
from shared.text.splits import split_sentences
from shared.text.summary import summarize_texts
from shared.text.tagged import Sentence

READERS = {"ewt": ewt, "wnut17": wnut17}
"""Data set -> what fetches and loads it."""


@dataclass(frozen=True)
class TaggingData(UserTags):
    """The sentences and how they are read."""

    dataset: str = option(
        "ewt", "data set of tagged sentences", choices=tuple(READERS)
    )
    min_count: int = count(
        2,
        "occurrences in the training split that a word of the vocabulary needs",
    )
    steps: int = count(
        64,
        "words of a training sentence; a longer one is split, "
        "validation and test sentences are not",
    )
    char_steps: int = count(
        12, "characters per word; a longer word keeps its two ends"
    )
    train_sentences: int = from_zero(
        0, "training sentences to use, sampled by split_seed; 0: all"
    )
    test_sentences: int = from_zero(
        0, "sentences of the validation and of the test split to use; 0: all"
    )
    split_seed: int = from_zero(
        0, "seed of the sampling, the same for all training seeds"
    )


def fetch(data: TaggingData, progress: bool) -> None:
    if not data.data:
        READERS[data.dataset].fetch(progress)


def load(data: TaggingData, seed: int) -> Dataset:
    """Words and characters as indices (N, T, 1 + C), tags (N, T).

    All training seeds share the splits; `seed` changes nothing.
    """
    if data.data:
        parts, sums = _own(data)
    else:
        parts, sums = READERS[data.dataset].load()
    counts = {"train": data.train_sentences}
    kept = {
        part: subset(
            found, counts.get(part, data.test_sentences), data.split_seed
        )
        for part, found in parts.items()
    }
    return tag_dataset(
        kept,
        sums,
        min_count=data.min_count,
        steps=data.steps,
        char_steps=data.char_steps,
    )


def summarize(dataset: Dataset) -> list[str]:
    metadata = dataset.metadata
    lines = summarize_texts(
        dataset, "sentences", "words", metadata["longest_of_all"]
    )
    if count := metadata["sentences_in_pieces"]:
        lines.append(
            f"{count:,} training sentences of more than {metadata['steps']} "
            "words are read in pieces"
        )
    return lines


def _own(
    data: TaggingData,
) -> tuple[dict[str, list[Sentence]], dict[str, str]]:
    """The splits of a user's file, and sha256 by file name."""
    sentences = read_tags(data)
    rows = split_sentences(sentences, data.split_seed)
    parts = {part: [sentences[r] for r in own] for part, own in rows.items()}
    return parts, hashes(data)


TASK = Task(
    name="tagging",
    summary="tag of each word of a sentence (many-to-many labels)",
    model=ModelSpec(
        model="tagger",
        input="embedding",
        embedding_size=64,
        hidden_size=128,
        bidirectional=True,
        dropout=0.5,
        char_encoder=True,
    ),
    train=TrainSpec(
        epochs=6,
        batch_size=32,
        learning_rate=3e-3,
        lr_schedule="cosine",
        clip_norm=1.0,
        # Not to stop early, but to keep the best epoch: entities are overfit.
        patience=6,
    ),
    data=TaggingData(),
    presets={
        "quick": {
            # Half of what would be compiled is the net of the characters.
            "model": {"char_encoder": False},
            "train": {"epochs": 2},
            "data": {"train_sentences": 2000, "test_sentences": 500},
            "seeds": 1,
        },
        "standard": {"seeds": 1},
    },
    # A quarter of the sentences: twice the epochs validate better.
    train_for={"wnut17": {"epochs": 12, "patience": 12}},
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
    published=(
        Published(
            name="bi-LSTM, words and characters, auxiliary loss",
            value=0.9640,
            metric="accuracy, mean over the languages of UD 1.2",
            source="Plank et al. 2016; another release, only indicative",
            dataset="ewt",
        ),
        Published(
            name="Stanza, bi-LSTM on pretrained vectors",
            value=0.9540,
            metric="UPOS F1 from raw text, EWT of UD 2.5",
            source="Qi et al. 2020; another release, only indicative",
            dataset="ewt",
        ),
        Published(
            name="UH-RiTUAL, first of the shared task",
            value=0.4186,
            metric="f1",
            source=(
                "Derczynski et al. 2017: BLSTM-CNN-CRF with pretrained "
                "vectors and gazetteers"
            ),
            dataset="wnut17",
        ),
        Published(
            name="Drexel-CCI, last of the shared task",
            value=0.2630,
            metric="f1",
            source="Derczynski et al. 2017",
            dataset="wnut17",
        ),
        Published(
            name="Flair, contextual character vectors",
            value=0.4959,
            metric="f1",
            source="Akbik et al. 2019, after the shared task",
            dataset="wnut17",
        ),
    ),
)

"""Translate short sentences from English to French, or reverse numbers."""

from collections import Counter, defaultdict
from collections.abc import Sequence

import numpy as np

from shared.exhibits.translation import exhibits
from shared.specs import ModelSpec, cosine_training
from shared.task import Dataset, Scores, Seq2SeqCodec, Task
from shared.tasks.translation.bleu import text_scores
from shared.tasks.translation.codec import (
    PairMetadata,
    decode,
    encode,
    left_out,
    metadata,
)
from shared.tasks.translation.data import FETCHERS, PairData, load, summarize
from shared.tasks.translation.scores import (
    details,
    score,
    score_examples,
)


def baselines(dataset: Dataset) -> dict[str, Scores]:
    translations = {
        "copy of the source": [source for source, _ in dataset.arrays["test"]],
        "nearest training sentence": nearest_neighbors(dataset),
        "word by word": by_lexicon(dataset),
    }
    return {
        name: text_scores(sentences, "test", dataset)
        for name, sentences in translations.items()
    }


def nearest_neighbors(dataset: Dataset) -> list[Sequence[str]]:
    """Target of the most similar training source.

    By the Jaccard index of the sets of words; ties go to the first.
    """
    from sklearn.feature_extraction.text import CountVectorizer

    sources, targets = zip(*dataset.arrays["train"], strict=True)
    queries = [source for source, _ in dataset.arrays["test"]]
    vectorizer = CountVectorizer(analyzer=list, binary=True, dtype=np.float32)
    counts = vectorizer.fit_transform(sources)
    sizes = np.array([len(set(source)) for source in sources])
    nearest = []
    for row, query in zip(vectorizer.transform(queries), queries, strict=True):
        common = (counts @ row.T).toarray()[:, 0]
        jaccard = common / (sizes + len(set(query)) - common)
        nearest.append(targets[int(jaccard.argmax())])
    return nearest


def by_lexicon(dataset: Dataset) -> list[Sequence[str]]:
    """Word-by-word translation with a lexicon of co-occurrence.

    By the Dice coefficient of the sentences that contain them (Dice 1945); an
    unseen word is copied.
    """
    pairs: defaultdict[str, Counter[str]] = defaultdict(Counter)
    source_counts, target_counts = Counter[str](), Counter[str]()
    for source, target in dataset.arrays["train"]:
        source_counts.update(set(source))
        target_counts.update(set(target))
        for word in set(source):
            pairs[word].update(set(target))
    lexicon = {}
    for word, counts in pairs.items():
        dice = {
            other: 2 * count / (source_counts[word] + target_counts[other])
            for other, count in sorted(counts.items())
        }
        lexicon[word] = max(dice, key=lambda other: dice[other])
    return [
        [lexicon.get(word, word) for word in source]
        for source, _ in dataset.arrays["test"]
    ]


QUICK_TRAINING = {"batch_size": 32, "num_buckets": 2, "learning_rate": 1e-2}

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
            "train": QUICK_TRAINING,
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
    examples=score_examples,
    baselines=baselines,
    details=details,
    summarize=summarize,
    fetchers=FETCHERS,
    codec=Seq2SeqCodec(metadata, encode, left_out, decode, stored=PairMetadata),
    exhibits=exhibits,
)

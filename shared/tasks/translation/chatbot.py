"""Answer a turn of a dialogue: the model of translation on other pairs."""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from shared.decoding.options import DecodedOutputs
from shared.exhibits.translation import show_replies
from shared.fields import count, from_zero, option
from shared.specs import cosine_training
from shared.task import Dataset, Scores
from shared.tasks.language_modeling.scores import distinct, perplexity
from shared.tasks.translation import scores, translate
from shared.tasks.translation.data import PairData


@dataclass(frozen=True)
class DialogueData(PairData):
    dataset: str = option(
        "self-dialogue", "data set of dialogues", choices=("self-dialogue",)
    )
    max_length: int = count(12, "largest number of words per turn")
    pairs: int = from_zero(
        120_000, "pairs of turns to use, from the first; 0: all"
    )
    min_count: int = count(
        5,
        "occurrences in the training split that a word of the vocabulary needs",
    )


def score(outputs: DecodedOutputs, part: str, dataset: Dataset) -> Scores:
    """Perplexity and accuracy of the true replies; diversity of decoded ones.

    distinct_1, distinct_2: share of distinct n-grams (Li et al. 2016), 0 if
        there are none.
    """
    decoded = scores.decoded_words(outputs, dataset)
    return {
        **scores.token_scores(outputs, part, dataset),
        "distinct_1": float(np.nan_to_num(distinct(decoded, 1))),
        "distinct_2": float(np.nan_to_num(distinct(decoded, 2))),
        "words": float(np.mean(list(map(len, decoded)))),
    }


def baselines(dataset: Dataset) -> dict[str, Scores]:
    """A unigram of the training replies with add-one smoothing."""
    train, test = (
        split.y[split.y >= 0] for split in (dataset.train, dataset.test)
    )
    counts = np.bincount(train, minlength=dataset.output_size) + 1.0
    nats = -np.log(counts / counts.sum())[test].mean()
    return {
        "unigram": {
            "perplexity": perplexity(float(nats)),
            "token_accuracy": float(np.mean(test == counts.argmax())),
        }
    }


def details(outputs: DecodedOutputs, dataset: Dataset) -> dict[str, Any]:
    decoded = scores.decoded_words(outputs, dataset)
    return {"replies": scores.examples(decoded, dataset)}


TASK = replace(
    translate.TASK,
    name="chatbot",
    summary="the next turn of a dialogue (sequence to sequence)",
    model=replace(translate.TASK.model, input_dropout=0.2),
    train=cosine_training(epochs=3, batch_size=64, learning_rate=4e-3),
    data=DialogueData(),
    presets={
        "quick": {
            "model": {"embedding_size": 64, "hidden_size": 96},
            "train": {**translate.QUICK_TRAINING, "epochs": 2},
            "data": {"pairs": 60_000, "max_length": 8},
        },
        "standard": {},
    },
    metric="perplexity",
    better="lower",
    score=score,
    examples=scores.token_examples,
    baselines=baselines,
    details=details,
    exhibits=show_replies,
)

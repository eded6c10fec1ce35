"""BLEU, chrF and exact matches: sentences against references."""

from collections.abc import Mapping, Sequence
from functools import partial
from itertools import zip_longest
from typing import Any

import numpy as np

from shared.task import Dataset, Scores
from shared.tasks.translation.tokenizers import joined
from shared.text.scripts import unspaced

Sentences = Sequence[Sequence[str]]


def text_scores(decoded: Sentences, part: str, dataset: Dataset) -> Scores:
    """Scores of sentences against one reference, and against all.

    `bleu` counts tokens as trained on, against the first reference; `bleu_all`
    against all of the source; `bleu_13a` and `chrf` are of the detokenized text
    against the first (Papineni et al. 2002; Popović 2015; Post 2018 on why the
    tokenization must be stated). Where 13a would take a sentence for a word,
    `bleu_char` is of the text's characters instead.
    """
    references = [targets for _, targets in dataset.arrays[part]]
    words = list(map(" ".join, decoded))
    # In the layout of sacrebleu: the first reference of each, the second, ...
    all_words = list(
        zip_longest(*(map(" ".join, texts) for texts in references))
    )
    text = list(map(joined, decoded))
    first_text = [joined(targets[0]) for targets in references]
    compared = {
        "bleu": (words, all_words[:1]),
        "bleu_all": (words, all_words),
        "bleu_13a": (text, [first_text]),
        "bleu_char": (text, [first_text]),
        "chrf": (text, [first_text]),
    }
    scores = {
        name: float(metric.corpus_score(*compared[name]).score)
        for name, metric in metrics_of(dataset).items()
    }
    exact = float(np.mean(exact_matches(decoded, references)))
    return scores | {"exact": exact}


def exact_matches(
    decoded: Sentences, references: Sequence[Sentences]
) -> list[bool]:
    """Whether each sentence equals one of its references."""
    pairs = zip(decoded, references, strict=True)
    return [tuple(words) in targets for words, targets in pairs]


def metrics_of(dataset: Dataset) -> dict[str, Any]:
    """The metrics of a data set's references.

    Where most of their words are characters of scripts without blanks,
    `bleu_char` is in place of `bleu_13a`.
    """
    from sacrebleu.metrics import BLEU

    test = dataset.arrays["test"]
    words = [word for _, targets in test for word in targets[0]]
    metrics = sacrebleu_metrics()
    if 2 * sum(map(unspaced, words)) > len(words):
        del metrics["bleu_13a"]
        metrics["bleu_char"] = BLEU(lowercase=True, force=True, tokenize="char")
    return metrics


def sacrebleu_metrics() -> dict[str, Any]:
    """Score -> metric, 0 to 100; case does not matter, as tokens have none."""
    from sacrebleu.metrics import BLEU, CHRF

    bleu = partial(BLEU, lowercase=True, force=True)
    return {
        "bleu": bleu(tokenize="none"),
        "bleu_all": bleu(tokenize="none"),
        "bleu_13a": bleu(tokenize="13a"),
        "chrf": CHRF(lowercase=True),
    }


def signatures(metrics: Mapping[str, Any]) -> dict[str, str]:
    """Score -> signature of sacrebleu."""
    one, several = ["a"] * 2, ["b", None]
    for name, metric in metrics.items():
        metric.corpus_score(one, [one, several][: 1 + (name == "bleu_all")])
    return {name: str(m.get_signature()) for name, m in metrics.items()}

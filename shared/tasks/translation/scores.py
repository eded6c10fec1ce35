"""Scores of translations: BLEU, chrF, exact matches, perplexity."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from itertools import zip_longest
from typing import Any

import numpy as np

from shared.decoding.options import DecodedOutputs
from shared.task import Dataset, Scores
from shared.tasks.language_modeling.scores import perplexity
from shared.tasks.translation.tokenizers import decoder, joined

Sentence = Sequence[str]


def score(outputs: DecodedOutputs, part: str, dataset: Dataset) -> Scores:
    """BLEU, chrF, exact matches, perplexity and token accuracy."""
    decoded = text_scores(decoded_words(outputs, dataset), part, dataset)
    return decoded | token_scores(outputs, part, dataset)


def token_scores(
    outputs: DecodedOutputs, part: str, dataset: Dataset
) -> Scores:
    """Perplexity and accuracy of the target tokens, the last ones given."""
    mask = getattr(dataset, part).y >= 0  # (N, T)
    return {
        "perplexity": perplexity(float(outputs.losses[mask].mean())),
        "token_accuracy": float(outputs.hits[mask].mean()),
    }


def decoded_words(outputs: DecodedOutputs, dataset: Dataset) -> list[list[str]]:
    """The words of each decoded sentence of a split: N lists."""
    decode = decoder(dataset.metadata["vocabularies"]["target"])
    return [decode(row) for row in outputs.symbols]


def text_scores(
    decoded: Sequence[Sentence], part: str, dataset: Dataset
) -> Scores:
    """Scores of sentences against one reference, and against all.

    `bleu` counts tokens as trained on, against the first reference; `bleu_all`
    against all of the source; `bleu_13a` and `chrf` are of the detokenized text
    against the first (Papineni et al. 2002; Popović 2015; Post 2018 on why the
    tokenization must be stated).
    """
    references = [targets for _, targets in dataset.arrays[part]]
    words = list(map(" ".join, decoded))
    # In the layout of sacrebleu: the first reference of each, the second, ...
    all_words = list(zip_longest(*(map(" ".join, own) for own in references)))
    text = list(map(joined, decoded))
    first_text = [joined(targets[0]) for targets in references]
    compared = {
        "bleu": (words, all_words[:1]),
        "bleu_all": (words, all_words),
        "bleu_13a": (text, [first_text]),
        "chrf": (text, [first_text]),
    }
    return {
        **{
            name: float(metric.corpus_score(*compared[name]).score)
            for name, metric in sacrebleu_metrics().items()
        },
        "exact": float(np.mean(exact_matches(decoded, references))),
    }


def exact_matches(
    decoded: Sequence[Sentence], references: Sequence[Sequence[Sentence]]
) -> list[bool]:
    """Whether each sentence equals one of its references."""
    pairs = zip(decoded, references, strict=True)
    return [tuple(words) in targets for words, targets in pairs]


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


def signatures() -> dict[str, str]:
    """Score -> signature of sacrebleu."""
    one, several = ["a"] * 2, ["b", None]
    metrics = sacrebleu_metrics()
    for name, metric in metrics.items():
        metric.corpus_score(one, [one, several][: 1 + (name == "bleu_all")])
    return {name: str(m.get_signature()) for name, m in metrics.items()}

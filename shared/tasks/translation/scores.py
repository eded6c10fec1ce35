"""How good translations are: BLEU, chrF, exact ones, perplexity."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from shared.decoding.options import DecodedOutputs
from shared.task import Dataset, Scores
from shared.tasks.language_modeling.scores import perplexity
from shared.tasks.translation import tokenizers
from shared.tasks.translation.text import joined, spaced

Sentence = Sequence[str]


def scores(outputs: DecodedOutputs, part: str, dataset: Dataset) -> Scores:
    """Of what a model writes, and of how likely it finds the truth."""
    real = getattr(dataset, part).y >= 0  # (N, T)
    nats = float(outputs.losses[real].mean())
    return {
        **text_scores(sentences(outputs.symbols, dataset), part, dataset),
        "perplexity": perplexity(nats),
        "token_accuracy": float(outputs.hits[real].mean()),
    }


def sentences(symbols: np.ndarray, dataset: Dataset) -> list[list[str]]:
    """The words of targets (N, T)."""
    words_of = tokenizers.decoder(dataset.facts["kept"]["target"])
    return [words_of(row) for row in symbols]


def text_scores(
    written: Sequence[Sentence], part: str, dataset: Dataset
) -> Scores:
    """Scores of sentences against one reference, and against all.

    `bleu` counts words as they are trained on, against the first reference;
    `bleu_all` against all of the source; `bleu_13a` and `chrf` are of the
    rejoined text against the first (Papineni et al. 2002; Popović 2015; Post
    2018 on why the way of counting must be said).
    """
    references = [own for _, own in dataset.arrays[part]]
    first = [own[0] for own in references]
    words, text = _texts(spaced, written), _texts(joined, written)
    true_words, true_text = _texts(spaced, first), _texts(joined, first)
    return {
        "bleu": bleu(words, [true_words], "none"),
        "bleu_all": bleu(words, _streams(references), "none"),
        "bleu_13a": bleu(text, [true_text], "13a"),
        "chrf": chrf(text, [true_text]),
        "exact": float(np.mean(exact(written, references))),
    }


def exact(
    written: Sequence[Sentence], references: Sequence[Sequence[Sentence]]
) -> list[bool]:
    """Whether each sentence is one of its references, word for word."""
    return [
        tuple(words) in own
        for words, own in zip(map(tuple, written), references, strict=True)
    ]


def _texts(function: Any, items: Sequence[Sentence]) -> list[str]:
    """The text of each sentence."""
    return [function(item) for item in items]


def bleu(
    written: list[str],
    references: Sequence[Sequence[str | None]],
    tokenize: str,
) -> float:
    """Corpus BLEU, 0 to 100."""
    return float(_bleu(tokenize).corpus_score(written, references).score)


def chrf(written: list[str], references: list[list[str]]) -> float:
    """Corpus chrF2, 0 to 100."""
    return float(_chrf().corpus_score(written, references).score)


def signatures() -> dict[str, str]:
    """Score -> how it is counted, as sacrebleu says it."""
    one, several = ["a"] * 2, ["b", None]
    found = {}
    for name, metric, references in (
        ("bleu", _bleu("none"), [one]),
        ("bleu_all", _bleu("none"), [one, several]),
        ("bleu_13a", _bleu("13a"), [one]),
        ("chrf", _chrf(), [one]),
    ):
        metric.corpus_score(one, references)
        found[name] = str(metric.get_signature())
    return found


def _bleu(tokenize: str) -> Any:
    """The metric; the text is lower-cased before, so case does not matter."""
    from sacrebleu.metrics import BLEU

    return BLEU(tokenize=tokenize, lowercase=True, force=True)


def _chrf() -> Any:
    """The metric, with characters alone."""
    from sacrebleu.metrics import CHRF

    return CHRF(lowercase=True)


def _streams(
    references: Sequence[Sequence[Sentence]],
) -> list[list[str | None]]:
    """The references as sacrebleu takes them: first, second, ... of each."""
    most = max(len(own) for own in references)
    return [
        [spaced(own[n]) if n < len(own) else None for own in references]
        for n in range(most)
    ]

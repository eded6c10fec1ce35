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
    """Scores of decoded sentences, perplexity and token accuracy."""
    real = getattr(dataset, part).y >= 0  # (N, T)
    nats = float(outputs.losses[real].mean())
    return {
        **text_scores(sentences(outputs.symbols, dataset), part, dataset),
        "perplexity": perplexity(nats),
        "token_accuracy": float(outputs.hits[real].mean()),
    }


def sentences(symbols: np.ndarray, dataset: Dataset) -> list[list[str]]:
    words_of = tokenizers.decoder(dataset.metadata["kept"]["target"])
    return [words_of(row) for row in symbols]


def text_scores(
    written: Sequence[Sentence], part: str, dataset: Dataset
) -> Scores:
    """Scores of sentences against one reference, and against all.

    `bleu` counts tokens as trained on, against the first reference; `bleu_all`
    against all of the source; `bleu_13a` and `chrf` are of the detokenized text
    against the first (Papineni et al. 2002; Popović 2015; Post 2018 on why the
    tokenization must be stated).
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
    """Whether each sentence equals one of its references."""
    return [
        tuple(words) in own
        for words, own in zip(map(tuple, written), references, strict=True)
    ]


def _texts(function: Any, items: Sequence[Sentence]) -> list[str]:
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
    """Score -> signature of sacrebleu."""
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
    """The metric; texts are lower-cased before, so case does not matter."""
    from sacrebleu.metrics import BLEU

    return BLEU(tokenize=tokenize, lowercase=True, force=True)


def _chrf() -> Any:
    from sacrebleu.metrics import CHRF

    return CHRF(lowercase=True)


def _streams(
    references: Sequence[Sequence[Sentence]],
) -> list[list[str | None]]:
    """References in the layout of sacrebleu: first, second, ... of each."""
    most = max(len(own) for own in references)
    return [
        [spaced(own[n]) if n < len(own) else None for own in references]
        for n in range(most)
    ]

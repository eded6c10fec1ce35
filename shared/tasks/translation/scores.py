"""Scores of translations, and what a run records of them."""

from collections.abc import Mapping, Sequence
from functools import partial
from itertools import zip_longest
from typing import Any

import numpy as np

from shared.decoding.options import DecodedOutputs
from shared.task import Dataset, Examples, Scores, masked_means
from shared.task.examples import ORDERS
from shared.tasks.language_modeling.scores import perplexity
from shared.tasks.translation.tokenizers import decoder, joined
from shared.text.scripts import unspaced

Sentences = Sequence[Sequence[str]]
Rows = list[dict[str, Any]]

EXAMPLES = 12
"""Recorded sentences, at even steps through the test split."""
GROUPS = 5
"""Groups of sources by their length, of nearly as many sentences each."""


def score(outputs: DecodedOutputs, part: str, dataset: Dataset) -> Scores:
    """BLEU, chrF, exact matches, perplexity and token accuracy."""
    decoded = text_scores(decoded_words(outputs, dataset), part, dataset)
    return decoded | token_scores(outputs, part, dataset)


def token_scores(
    outputs: DecodedOutputs, part: str, dataset: Dataset
) -> Scores:
    """Perplexity and accuracy of the target tokens, by teacher forcing."""
    mask = getattr(dataset, part).y >= 0  # (N, T)
    return {
        "perplexity": perplexity(float(outputs.losses[mask].mean())),
        "token_accuracy": float(outputs.hits[mask].mean()),
    }


def decoded_words(outputs: DecodedOutputs, dataset: Dataset) -> list[list[str]]:
    """The words of each decoded sentence of a split: N lists."""
    decode = decoder(dataset.metadata["vocabularies"]["target"])
    return [decode(row) for row in outputs.tokens]


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


def score_examples(outputs: DecodedOutputs, dataset: Dataset) -> Examples:
    """What `bleu` counts in each decoded sentence: (N, 10).

    Its length, that of the reference, matches and totals of each order.
    """
    from sacrebleu.metrics import BLEU

    # The score of a sentence is not used, only its counts.
    metric = BLEU(
        lowercase=True, force=True, tokenize="none", effective_order=True
    )
    decoded = decoded_words(outputs, dataset)
    counts = []
    for words, (_, targets) in zip(decoded, dataset.arrays["test"]):
        one = metric.sentence_score(" ".join(words), [" ".join(targets[0])])
        counts.append([one.sys_len, one.ref_len, *one.counts, *one.totals])
    return Examples(np.array(counts).reshape(-1, 2 + 2 * ORDERS), "sentences")


def token_examples(outputs: DecodedOutputs, dataset: Dataset) -> Examples:
    """Sums of the losses of each target, by teacher forcing."""
    return masked_means(outputs.losses, dataset.test.y >= 0, "sentences")


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


def details(outputs: DecodedOutputs, dataset: Dataset) -> dict[str, Any]:
    decoded = decoded_words(outputs, dataset)
    return {
        "translations": examples(decoded, dataset),
        "by_length": by_length(decoded, dataset),
        "signatures": signatures(metrics_of(dataset)),
    }


def examples(decoded: list[list[str]], dataset: Dataset) -> Rows:
    """A few sources at even steps, with a reference and the decoded one."""
    test = dataset.arrays["test"]
    steps = np.linspace(0, len(test) - 1, min(EXAMPLES, len(test)))
    return [
        {
            "source": joined(test[row][0]),
            "target": joined(test[row][1][0]),
            "decoded": joined(decoded[row]),
        }
        for row in steps.astype(int)
    ]


def by_length(decoded: list[list[str]], dataset: Dataset) -> Rows:
    """Scores of groups of sources, from the shortest to the longest."""
    sources, targets = zip(*dataset.arrays["test"], strict=True)
    exact = np.array(exact_matches(decoded, targets))
    lengths = np.array(list(map(len, sources)))
    order = np.argsort(lengths, kind="stable")
    metric, groups = sacrebleu_metrics()["bleu"], []
    for rows in np.array_split(order, min(GROUPS, len(order))):
        words = [" ".join(decoded[row]) for row in rows]
        first = [" ".join(targets[row][0]) for row in rows]
        groups.append(
            {
                "words": round(float(lengths[rows].mean()), 2),
                "sentences": len(rows),
                "bleu": round(metric.corpus_score(words, [first]).score, 2),
                "exact": round(float(exact[rows].mean()), 4),
            }
        )
    return groups

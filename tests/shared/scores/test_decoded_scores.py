"""BLEU, chrF, and token scores against other implementations."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import replace

import numpy as np
import pytest
from factories.pairs import made_dataset

from shared.decoding.options import DecodedOutputs
from shared.tasks.translation import chatbot, scores
from shared.tasks.translation.bleu import text_scores
from shared.tasks.translation.tokenizers import joined

PAIRS = made_dataset()


def n_grams(items, n):
    return Counter(tuple(items[i : i + n]) for i in range(len(items) - n + 1))


def bleu(decoded, references):
    """Papineni et al. 2002: clipped counts, and the nearest length."""
    hits, totals, length, nearest = [0] * 4, [0] * 4, 0, 0
    for words, targets in zip(decoded, references, strict=True):
        length += len(words)
        nearest += min(
            (abs(len(one) - len(words)), len(one)) for one in targets
        )[1]
        for n in range(1, 5):
            most = Counter()
            for one in targets:
                most |= n_grams(one, n)
            found = n_grams(words, n)
            hits[n - 1] += (found & most).total()
            totals[n - 1] += found.total()
    precisions = [math.log(h / t) for h, t in zip(hits, totals, strict=True)]
    penalty = min(0.0, 1 - nearest / length)
    return 100 * math.exp(sum(precisions) / 4 + penalty)


def chrf(decoded, references):
    """Popović 2015: F2 of characters, orders 1 to 6, blanks left out."""
    precisions, recalls = [], []
    for n in range(1, 7):
        pairs = [
            (n_grams(d.replace(" ", ""), n), n_grams(r.replace(" ", ""), n))
            for d, r in zip(decoded, references, strict=True)
        ]
        hits = sum((d & r).total() for d, r in pairs)
        precisions.append(hits / sum(d.total() for d, _ in pairs))
        recalls.append(hits / sum(r.total() for _, r in pairs))
    precision, recall = np.mean(precisions), np.mean(recalls)
    return 100 * 5 * precision * recall / (4 * precision + recall)


def spoiled_sentences():
    """The second references, some cut, some with a word too many."""
    decoded = [list(targets[-1]) for _, targets in PAIRS.arrays["test"]]
    for row, words in enumerate(decoded):
        if row % 3 == 1:
            words.insert(1, "très")
        if row % 2:
            del words[3:]
    return decoded


def test_bleu_and_chrf_of_sentences_of_unequal_length():
    decoded = spoiled_sentences()
    references = [targets for _, targets in PAIRS.arrays["test"]]
    first = [[targets[0]] for targets in references]
    assert len({len(words) for words in decoded}) > 2
    found = text_scores(decoded, "test", PAIRS)
    assert found["bleu"] == pytest.approx(bleu(decoded, first))
    assert found["bleu_all"] == pytest.approx(bleu(decoded, references))
    assert found["bleu"] < found["bleu_all"] < 100
    texts = [
        list(map(joined, sentences))
        for sentences in (decoded, (one for (one,) in first))
    ]
    assert found["chrf"] == pytest.approx(chrf(*texts), abs=0.01)


def test_bleu_13a_is_of_the_text_as_its_own_tokenizer_cuts_it():
    def dataset(*references):
        rows = [(("x",), [one.split()]) for one in references]
        return replace(PAIRS, arrays={"test": rows})

    # 13a cuts the full stop off, so that four of five tokens are right.
    decoded, reference = ["a", "b", "c", "d", "."], "a b c d !"
    found = text_scores([decoded], "test", dataset(reference))
    by_hand = bleu([decoded], [[reference.split()]])
    assert found["bleu_13a"] == pytest.approx(by_hand)


def test_bleu_of_a_corpus_without_a_four_gram_is_not_of_fewer_orders():
    rows = [(("x",), [("a", "b")]), (("x",), [("a", "b", "c")])]
    dataset = replace(PAIRS, arrays={"test": rows})
    found = text_scores([["a", "b"], ["a", "b"]], "test", dataset)
    assert found["bleu"] == 0.0


def test_bleu_by_length_is_against_the_first_reference():
    decoded = [list(targets[-1]) for _, targets in PAIRS.arrays["test"]]
    groups = scores.by_length(decoded, PAIRS)
    assert all(group["exact"] == 1.0 for group in groups)
    assert all(group["bleu"] < 100.0 for group in groups)


def test_token_scores_are_means_over_tokens_not_over_sentences():
    y = np.array([[4, 5, 2], [2, -1, -1]])
    dataset = replace(PAIRS, test=PAIRS.test._replace(y=y))
    losses = np.array([[1.0, 2.0, 3.0], [6.0, 9.0, 9.0]])
    hits = np.array([[1, 0, 1], [1, 0, 0]])
    outputs = DecodedOutputs(losses, hits, None)
    found = scores.token_scores(outputs, "test", dataset)
    assert found["token_accuracy"] == 3 / 4
    assert found["perplexity"] == pytest.approx(math.e**3)


def test_diversity_of_replies_is_over_all_of_them():
    vocabulary = {"unit": "word", "tokens": ["<pad>", "<s>", "</s>", "?"]}
    vocabulary["tokens"] += ["a", "b", "c"]
    y = np.array([[4, 2, -1], [5, 2, -1]])
    dataset = replace(
        PAIRS,
        test=PAIRS.test._replace(y=y),
        metadata={"vocabularies": {"target": vocabulary}},
    )
    tokens = np.array([[4, 5, 4, 5], [4, 6, -1, -1]])  # abab, ac
    outputs = DecodedOutputs(np.zeros(y.shape), y >= 0, tokens)
    found = chatbot.score(outputs, "test", dataset)
    assert found["distinct_1"] == 3 / 6
    assert found["distinct_2"] == 3 / 4  # ab, ba, ab; ac
    assert found["words"] == 3

"""Each score against values worked out here, on examples of unequal length."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import replace

import numpy as np
import pytest
from factories.pairs import made_dataset
from factories.tagged import guessing, made

from shared import metrics
from shared.decoding.options import DecodedOutputs
from shared.specs import Split
from shared.task import Dataset
from shared.tasks.audio import piano_rolls
from shared.tasks.forecasting.data import naive_error
from shared.tasks.forecasting.scores import errors
from shared.tasks.memory import copy, synthetic
from shared.tasks.tagging import scores as tagging
from shared.tasks.tagging.entities import entity_scores
from shared.tasks.translation import chatbot, scores

PAIRS = made_dataset()
RNG = np.random.default_rng(5)


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
    found = scores.text_scores(decoded, "test", PAIRS)
    assert found["bleu"] == pytest.approx(bleu(decoded, first))
    assert found["bleu_all"] == pytest.approx(bleu(decoded, references))
    assert found["bleu"] < found["bleu_all"] < 100
    joined = [
        list(map(scores.joined, texts))
        for texts in (decoded, (one for (one,) in first))
    ]
    assert found["chrf"] == pytest.approx(chrf(*joined), abs=0.01)


def test_bleu_13a_is_of_the_text_as_its_own_tokenizer_cuts_it():
    def dataset(*references):
        rows = [(("x",), [one.split()]) for one in references]
        return replace(PAIRS, arrays={"test": rows})

    # 13a cuts the full stop off, so that four of five tokens are right.
    decoded, reference = ["a", "b", "c", "d", "."], "a b c d !"
    found = scores.text_scores([decoded], "test", dataset(reference))
    by_hand = bleu([decoded], [[reference.split()]])
    assert found["bleu_13a"] == pytest.approx(by_hand)


def test_bleu_of_a_corpus_without_a_four_gram_is_not_of_fewer_orders():
    rows = [(("x",), [("a", "b")]), (("x",), [("a", "b", "c")])]
    dataset = replace(PAIRS, arrays={"test": rows})
    found = scores.text_scores([["a", "b"], ["a", "b"]], "test", dataset)
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


def test_scores_of_tags_leave_padding_out():
    dataset = made()
    found = tagging.score(guessing(dataset, "D N N N", "N"), "test", dataset)
    assert found["accuracy"] == 3 / 5
    # Not in training: Dog (N), internationalisation (N).
    assert found["unseen_accuracy"] == 1.0
    words = tagging.details(guessing(dataset, "D N N D", "A"), dataset)["words"]
    assert words == [
        {"of": "in training", "count": 3, "score": 0.6667},
        {"of": "unseen", "count": 2, "score": 0.5},
    ]


def spans(tags):
    """Spans of BIO tags as the CoNLL shared tasks count them."""
    found, begin, kind = set(), 0, ""
    for place, tag in enumerate([*tags, "O"]):
        if kind and tag != f"I-{kind}":
            found.add((begin, place, kind))
            kind = ""
        if tag != "O" and not kind:
            begin, kind = place, tag[2:]
    return found


def test_entities_are_those_of_a_count_by_spans():
    tags = ["O", "B-a", "I-a", "B-b", "I-b"]
    lengths = RNG.integers(1, 9, 40)
    truth, predicted = (
        [RNG.choice(tags, n).tolist() for n in lengths] for _ in range(2)
    )
    both = [
        {(row, *span) for row, one in enumerate(part) for span in spans(one)}
        for part in (truth, predicted)
    ]
    total, _ = entity_scores(truth, predicted)
    correct = len(both[0] & both[1])
    assert (total.correct, total.true) == (correct, len(both[0]))
    assert total.predicted == len(both[1]) != total.true
    assert total.precision == pytest.approx(correct / len(both[1]))
    assert total.recall == pytest.approx(correct / len(both[0]))
    assert total.f1 == pytest.approx(2 * correct / sum(map(len, both)))


def test_one_logit_is_decided_at_0_and_ranked_by_its_value():
    targets = RNG.integers(0, 2, 101)
    logits = RNG.normal(0.3 * targets, 0.5)[:, None]
    positive, truth = logits[:, 0] > 0, targets == 1
    correct = (positive & truth).sum()
    expected = 2 * correct / (positive.sum() + truth.sum())
    assert metrics.f1(logits, targets) == pytest.approx(expected)
    gaps = logits[truth, 0][:, None] - logits[~truth, 0]
    area = ((gaps > 0) + 0.5 * (gaps == 0)).mean()
    assert metrics.roc_auc(logits, targets) == pytest.approx(area)


def test_mase_is_in_units_of_the_seasonal_naive_error():
    values = np.array([0.0, 10.0, 2.0, 13.0, 6.0, 11.0])[:, None]
    assert naive_error(values, 2) == pytest.approx((2 + 3 + 4 + 2) / 4)
    y = np.array([[1.0, 4.0], [5.0, 2.0]], np.float32)
    split = Split(np.zeros((2, 3, 1), np.float32), y, None)
    metadata = {"residual": False, "horizon": 2, "naive_error": 2.75}
    dataset = Dataset(split, split, split, 1, 2, metadata=metadata)
    forecast = np.array([[2.0, 4.0], [2.0, 0.0]])[:, :, None]
    found = errors(forecast, "test", dataset)
    assert found["mae"] == pytest.approx(6 / 4)
    assert found["mase"] == pytest.approx(6 / 4 / 2.75)
    assert found["mse"] == pytest.approx((1 + 9 + 4) / 4)
    assert found["rmse"] == pytest.approx(math.sqrt(14 / 4))


def test_frames_of_pieces_of_unequal_length_count_alike():
    y = np.full((2, 3, 88), -1, np.int8)
    y[0], y[1, :1] = 0, 1
    split = Split(np.zeros(y.shape, np.float32), y, np.array([3, 1]))
    dataset = Dataset(split, split, split, 88, 88)
    logits = np.full(y.shape, -5.0)
    logits[1, 0, :44] = 5.0  # half of the keys that sound
    found = piano_rolls.score(logits, "test", dataset)
    right, wrong = np.logaddexp(0, -5.0), np.logaddexp(0, 5.0)
    expected = (3 * 88 * right + 44 * (right + wrong)) / 4
    assert found["nll"] == pytest.approx(expected)
    assert found["f1"] == pytest.approx(2 * 44 / (44 + 88))


def test_scores_of_memory_count_the_steps_with_a_target():
    y = np.array([[-1, 0, 1], [-1, 1, 1]])
    split = Split(np.zeros((2, 3, 1), np.int32), y, None)
    dataset = Dataset(split, split, split, 2, 2)
    outputs = np.zeros((2, 3, 2))
    outputs[..., 0] = math.log(3)  # 0 has the probability 3/4
    found = synthetic.score(outputs, "test", dataset)
    assert found["accuracy"] == 1 / 4
    expected = (math.log(4 / 3) + 3 * math.log(4)) / 4
    assert found["loss"] == pytest.approx(expected)


def test_copies_are_scored_on_the_copied_symbols():
    y = np.zeros((2, 15), np.int32)
    y[:, -copy.COPIED :] = 3
    split = Split(np.zeros((2, 15, 1), np.int32), y, None)
    dataset = Dataset(split, split, split, 10, 9)
    outputs = np.eye(9)[y]
    outputs[0, -1], outputs[1, 0] = np.eye(9)[5], np.eye(9)[5]
    found = copy.score(outputs, "test", dataset)
    assert found["recall"] == 19 / 20
    assert found["exact"] == 1 / 2  # a wrong blank is none of the symbols

"""Scores of translations, against counts by hand and sacrebleu itself."""

import math
from dataclasses import replace

import numpy as np
import pytest
import sacrebleu
from factories.pairs import made_dataset

from shared.decoding.options import END, DecodedOutputs
from shared.exhibits.runs import RunView
from shared.exhibits.translation import exhibits
from shared.tasks.translation.bleu import (
    sacrebleu_metrics,
    signatures,
    text_scores,
)
from shared.tasks.translation.scores import by_length, score
from shared.tasks.translation.translate import (
    baselines,
    by_lexicon,
    nearest_neighbors,
)

DATASET = made_dataset()
BLEU = sacrebleu_metrics()["bleu"]
TRUTH = [list(own[0]) for _, own in DATASET.arrays["test"]]
SECOND = [list(own[1]) for _, own in DATASET.arrays["test"]]


def perfect_outputs(part):
    """The outputs of a model that makes no mistake."""
    y = getattr(DATASET, part).y
    tokens = np.where(y == END, -1, y)
    return DecodedOutputs(np.full(y.shape, math.log(3.0)), y >= 0, tokens)


def test_the_ground_truth_has_perfect_scores():
    found = score(perfect_outputs("test"), "test", DATASET)
    for name in ("bleu", "bleu_all", "bleu_13a", "chrf"):
        assert found[name] == pytest.approx(100.0)
    assert found["exact"] == found["token_accuracy"] == 1.0
    assert found["perplexity"] == pytest.approx(3.0)


def test_padding_does_not_change_scores():
    right = perfect_outputs("test")
    outside = DATASET.test.y < 0
    wrong = right._replace(
        losses=np.where(outside, 99.0, right.losses),
        hits=np.where(outside, 0, right.hits),
    )
    assert outside.any()
    assert score(wrong, "test", DATASET) == score(right, "test", DATASET)


def test_another_translation_counts_only_with_all_references():
    found = text_scores(SECOND, "test", DATASET)
    assert found["bleu_all"] == pytest.approx(100.0)
    assert found["exact"] == 1.0
    assert found["bleu"] < 90.0
    assert found["chrf"] < 100.0


def test_scores_by_length_are_of_sources_of_like_length():
    test = [(("a",) * n, [("b",) * n]) for n in (9, 4, 5, 6, 9, 7, 4, 5, 6, 7)]
    decoded = [["b"] * len(source) for source, _ in test]
    decoded[0] = ["c"] * 9
    groups = by_length(decoded, replace(DATASET, arrays={"test": test}))
    assert [group["words"] for group in groups] == [4.0, 5.0, 6.0, 7.0, 9.0]
    assert [group["exact"] for group in groups] == [1.0, 1.0, 1.0, 1.0, 0.5]
    assert [group["bleu"] for group in groups[:4]] == [100.0] * 4
    # Of the longest, half the words are right, and so are half the pairs.
    assert groups[4]["bleu"] == 50.0


def test_bleu_is_corpus_level_and_not_smoothed():
    # Unigrams 5 of 6, bigrams 3 of 5, trigrams 1 of 4, none of 3 fourfold.
    one = ["the cat sat on a mat"], [["the cat sat on the mat"]]
    by_hand = (5 / 6 * 3 / 5 * 2 / 4 * 1 / 3) ** 0.25
    assert BLEU.corpus_score(*one).score == pytest.approx(100.0 * by_hand)
    short = ["the cat sat on"], [["the cat sat on the mat"]]
    assert BLEU.corpus_score(*short).score == pytest.approx(
        100 * math.exp(1 - 6 / 4)
    )


def test_the_signature_of_bleu_is_recorded():
    found = signatures(sacrebleu_metrics())
    version = f"version:{sacrebleu.__version__}"
    assert set(found) == {"bleu", "bleu_all", "bleu_13a", "chrf"}
    assert all(version in text for text in found.values())
    assert "tok:none" in found["bleu"]
    assert "tok:13a" in found["bleu_13a"]
    assert "nrefs:1" in found["bleu"]
    assert "nrefs:var" in found["bleu_all"]


def test_a_report_states_how_scores_are_computed():
    counted = signatures(sacrebleu_metrics())
    detail = {"signatures": counted, "translations": [], "by_length": []}
    run = RunView("jax", "gru", 0, "*", {"bleu": 2.0}, detail)
    (table,) = [
        e for e in exhibits([run]) if getattr(e, "name", "") == "counted"
    ]
    assert dict(table.rows) == counted


@pytest.mark.parametrize(
    ("maps", "said"), [([], True), ([[{"weights": []}]], False)]
)
def test_only_a_model_without_attention_is_said_to_have_none(maps, said):
    detail = {
        "by_length": [{"words": 3, "bleu": 2.0}],
        "attention_maps": maps,
    }
    (curves,) = exhibits([RunView("jax", "gru", 0, "", {}, detail)])
    assert ("Without attention" in curves.text) is said


def test_baselines_translate_without_a_network():
    found = baselines(DATASET)
    assert list(found) == [
        "copy of the source",
        "nearest training sentence",
        "word by word",
    ]
    assert found["copy of the source"]["bleu"] < 20.0
    best = found["word by word"]["bleu"]
    assert best > found["copy of the source"]["bleu"]


def test_the_nearest_sentence_shares_the_most_words():
    train = dict(DATASET.arrays["train"])
    for (source, _), found in zip(
        DATASET.arrays["test"], nearest_neighbors(DATASET)
    ):

        def share(other, source=source):
            return len(set(source) & set(other)) / len(set(source) | set(other))

        best = max(map(share, train))
        owners = {s for s, target in DATASET.arrays["train"] if target == found}
        assert max(map(share, owners)) == pytest.approx(best)


def test_a_lexicon_copies_unseen_words():
    words = dict(zip(DATASET.arrays["test"][0][0], by_lexicon(DATASET)[0]))
    assert words["the"] == "le"

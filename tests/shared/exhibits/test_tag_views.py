"""Scores of tagged words, baselines, and what a report shows."""

from __future__ import annotations

import json

import numpy as np
import pytest
from factories.records import baselines as recorded_baselines
from factories.records import run as recorded_run
from factories.records import summarized
from factories.tagged import guessing, made

from shared.exhibits.runs import RunView
from shared.specs import Split
from shared.task import Dataset
from shared.tasks import get_task
from shared.tasks.tagging.scores import in_context

TASK = get_task("tagging")
PARTS = ("train", "validation", "test")


def test_word_scores_by_hand_ignore_padding():
    dataset = made()
    outputs = guessing(dataset, "D N V A", "A")
    found = TASK.score(outputs, "test", dataset)
    # Right: 4 of 5; not in training as written: "Dog" right, the long wrong.
    assert found["accuracy"] == 4 / 5
    assert found["unseen_accuracy"] == 1 / 2
    # A 2/3, D 1, N 2/3, V 1.
    assert found["macro_f1"] == pytest.approx((2 / 3 + 1 + 2 / 3 + 1) / 4)
    outputs[1, 1:] = 0.0
    assert TASK.score(outputs, "test", dataset) == found


def test_padded_steps_are_in_no_score():
    y = np.array([[0, 1, -1], [1, -1, -1]])
    outputs = np.eye(2)[np.array([[0, 0, 1], [1, 1, 1]])]
    split = Split(np.zeros((2, 3, 1)), y, np.array([2, 1]))

    def scores(unseen):
        arrays = {"unseen_test": np.array(unseen, bool)}
        made = Dataset(split, split, split, 1, 2, arrays=arrays)
        return TASK.score(outputs, "test", made)

    found = scores([[0, 1, 0], [1, 0, 0]])
    assert found["accuracy"] == 2 / 3
    # F1 of class 0 is 2/3 (correct once of two predictions), of class 1 2/3.
    assert found["macro_f1"] == pytest.approx(2 / 3)
    assert found["unseen_accuracy"] == 0.5
    assert scores(np.zeros((2, 3)))["unseen_accuracy"] == 0


ENTITIES = (("Ann/B-p Lee/I-p saw/O", "Rome/B-l"), ("Ann/B-p saw/O Rome/B-l",))


def test_entity_scores_are_the_metric_where_tags_are_spans():
    dataset = made(*ENTITIES)
    assert (made().metric, dataset.metric) == ("accuracy", "f1")
    found = TASK.score(guessing(dataset, "B-p O B-p"), "test", dataset)
    assert found == {
        "f1": 1 / 2,
        "precision": 1 / 2,
        "recall": 1 / 2,
        "accuracy": 2 / 3,
    }
    assert made(("Ann/B-p saw/NOUN Rome/I-l",)).metric == "accuracy"


def test_baselines_by_hand():
    found = TASK.baselines(made())
    # Of N and D, both five times, the one seen first is the majority.
    assert found["majority tag"]["accuracy"] == 1 / 5
    # "Dog" has the tag of "dog", the unseen word that of the majority.
    frequent = found["most frequent tag of each word"]
    assert frequent["accuracy"] == 4 / 5
    assert frequent["unseen_accuracy"] == 1 / 2


def test_details_have_confusions_and_mistakes_in_their_sentence():
    dataset = made()
    outputs = guessing(dataset, "D N V A", "N")
    outputs[1, 0, 2] = 7.0
    shown = TASK.details(outputs, dataset)
    assert shown == json.loads(json.dumps(shown))
    assert np.array(shown["confusion"]).tolist() == [
        [0, 0, 1, 0],
        [0, 1, 0, 0],
        [1, 0, 1, 0],
        [0, 0, 0, 1],
    ]
    assert shown["words"] == [
        {"of": "in training", "count": 3, "score": 0.6667},
        {"of": "unseen", "count": 2, "score": 0.5},
    ]
    first, second = shown["mistakes"]
    assert (first["word"], first["truth"], first["predicted"]) == (
        *("[again]", "A", "N"),
    )
    assert second["word"] == "the Dog saw [internationalisation]"
    assert first["probability"] > second["probability"]


def test_a_mistake_is_shown_with_the_words_around_it():
    words = [f"w{number}" for number in range(20)]
    found = in_context([words, ["x" * 30]])
    assert found[10] == "w5 w6 w7 w8 w9 [w10] w11 w12 w13 w14 w15"
    assert found[20] == f"[{'x' * 21}...]"
    assert len(found) == 21


def test_a_report_shows_entity_types_unseen_words_confusion_mistakes():
    dataset = made(*ENTITIES)
    detail = TASK.details(guessing(dataset, "B-p O B-p"), dataset)
    runs = [
        RunView("pytorch", cell, seed, mark, {"f1": 0.5}, detail)
        for cell, mark in (("gru", "*"), ("lstm", "~"))
        for seed in (0, 1)
    ]
    shown = {exhibit.name: exhibit for exhibit in TASK.exhibits(runs)}
    names = ["entities", "words", "confusion", "recall", "mistakes"]
    assert list(shown) == names
    assert shown["entities"].headings == ("type", "number", "gru", "lstm")
    assert shown["entities"].rows == (
        ("l", 1, 0.0, 0.0),
        ("p", 1, 0.6667, 0.6667),
    )
    (mistake,) = shown["mistakes"].rows
    assert mistake[:3] == ("Ann saw [Rome]", "B-l", "B-p")
    assert TASK.exhibits([]) == []


def test_rows_are_compared_by_the_metric_of_their_data():
    assert get_task("tagging").metric == "accuracy"
    assert get_task("tagging", "f1").metric == "f1"
    scores = {"f1": 0.25, "accuracy": 0.9}
    fields = {"task": "tagging", "metric": "f1"}
    records = [
        recorded_baselines() | fields | {"baselines": {"none": {"f1": 0.1}}},
        recorded_run(scores=scores, dataset="wnut17", **fields),
    ]
    (row,) = summarized(records).rows
    assert (row.metric, row.metric_mean) == ("f1", 0.25)
    assert row.best_baseline == 0.1


def test_published_figures_name_their_data():
    names = {figure.dataset for figure in TASK.published}
    assert names == {"ewt", "wnut17"}

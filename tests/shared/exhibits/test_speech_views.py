"""Exhibits of recognized speech: errors, beams, posteriors, strings."""

import json

import numpy as np
import pytest
from factories.small_datasets import string_dataset

from shared.exhibits.kinds import Matrix, TextTable
from shared.exhibits.runs import RunView
from shared.exhibits.speech import speech_exhibits
from shared.specs.ctc import label_sequences
from shared.tasks.audio.word_errors import details


@pytest.fixture(scope="module")
def dataset():
    return string_dataset()


def logits_of(dataset, wrong=()):
    """Logits that spell each test string, or nothing in some rows."""
    outputs = np.zeros((len(dataset.test.x), 8, 4))
    for row, (_, labels) in enumerate(label_sequences(dataset.test.y)):
        path = [0] * 8
        if row not in wrong:
            path[: 2 * len(labels)] = [k for n in labels for k in (n, 0)]
        outputs[row, range(8), path] = 9.0
    return outputs


def views(dataset):
    found = {
        "gru": details(logits_of(dataset), dataset),
        "rnn": details(logits_of(dataset, wrong=range(5)), dataset),
    }
    json.dumps(found)
    return [
        RunView("jax", cell, 0, "*" * (cell == "gru"), {"wer": 0.0}, detail)
        for cell, detail in found.items()
    ]


def test_errors_are_shares_of_the_spoken_words(dataset):
    errors, matrix, beams, strings = speech_exhibits(views(dataset))
    words = sum(len(one) for _, one in label_sequences(dataset.test.y))
    lost = sum(len(one) for _, one in [*label_sequences(dataset.test.y)][:5])
    assert isinstance(errors, TextTable)
    share = pytest.approx(100 * lost / words, abs=0.01)
    assert errors.rows == (("gru", 0.0, 0.0, 0.0), ("rnn", 0.0, share, 0.0))
    assert [row[:3] for row in beams.rows[:2]] == [
        ("gru", 1, 0.0),
        ("gru", 10, 0.0),
    ]
    assert all(spoken == found for spoken, found in strings.rows)
    assert isinstance(matrix, Matrix)


def test_posteriors_have_a_row_for_each_class_and_sum_to_1(dataset):
    matrix = speech_exhibits(views(dataset))[1]
    assert matrix.rows == ("blank", "0", "1", "2")
    end = dataset.test.lengths[2]  # the first string of three labels
    assert matrix.columns[:2] == ("0.00", "0.03")
    assert np.shape(matrix.values) == (4, end)
    sums = np.sum(matrix.values, axis=0)
    assert sums == pytest.approx(np.ones(end), abs=0.01)
    assert matrix.title.startswith(
        f"The blank is the most probable class at {end - 3} of"
    )


def test_the_worst_strings_come_first(dataset):
    found = details(logits_of(dataset, wrong=[7]), dataset)["strings"]
    assert found[0]["recognized"] == ""
    assert found[0]["spoken"].count(" ") == 1
    assert all(one["spoken"] == one["recognized"] for one in found[1:])


def test_older_records_without_details_show_nothing():
    assert speech_exhibits([RunView("jax", "gru", 0, "*", {}, {})]) == []

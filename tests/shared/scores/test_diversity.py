"""Diversity of generated texts, by hand."""

import math

import numpy as np
import pytest

from shared.exhibits.generation import generation_exhibits
from shared.exhibits.kinds import Lines, Samples, TextTable
from shared.exhibits.runs import RunView
from shared.tasks.language_modeling.scores import (
    distinct,
    distinct_words,
    measures,
    words_of,
)


def test_words_are_letters_and_inner_apostrophes():
    text = "O, Romeo! 'Tis not_so: don't 2nd Élan--'"
    assert words_of(text) == [
        *("o", "romeo", "tis", "not", "so", "don't", "nd", "élan")
    ]


def test_distinct_counts_different_n_grams():
    words = list("ababac")
    assert distinct([words], 1) == 3 / 6
    assert distinct([words], 2) == 3 / 5  # ab ba ac of ab ba ab ba ac
    assert distinct([words], 4) == 1.0  # abab, baba, abac
    assert math.isnan(distinct([words[:3]], 4))


def test_measures_are_means_over_texts():
    texts = ["a b a b a b a b", "c d e f g h i j"]
    found = measures(texts, {"a", "b", "c", "d"})
    assert found["distinct_1"] == pytest.approx((2 / 8 + 1) / 2)
    assert found["distinct_2"] == pytest.approx((2 / 7 + 1) / 2)
    assert found["repetition"] == pytest.approx((1 - 2 / 5) / 2)
    assert found["known_words"] == pytest.approx((1 + 2 / 8) / 2)


def test_texts_without_words_have_no_measures():
    found = measures(["", "!?"], {"a"})
    assert all(math.isnan(value) for value in found.values())
    half = measures(["", "a a"], {"a"})
    assert half["known_words"] == 1.0


def run(cell, mark="*", framework="jax", seed=0, **fields):
    samples = [
        {
            "temperature": temperature,
            "prompt": "to ",
            "text": f"{cell} at {temperature}",
            "distinct_1": 0.5,
            "distinct_2": temperature / 2,
            "repetition": None,
            "known_words": 1 - temperature / 10,
            **fields,
        }
        for temperature in (0.5, 1.0)
    ]
    return RunView(framework, cell, seed, mark, {}, {"samples": samples})


def test_a_report_shows_each_cell_at_each_temperature():
    runs = [
        *(run("lstm", "*"), run("gru", "~"), run("gru", "~", seed=1)),
        run("gru", "", framework="keras"),
    ]
    texts, table, curves = generation_exhibits(runs)
    low, high = (f"distinct-2 {d}, repetition -" for d in (0.25, 0.5))
    assert isinstance(texts, Samples)
    assert texts.samples == (
        (f"jax gru, temperature 0.5: {low}", "to gru at 0.5"),
        (f"jax lstm, temperature 0.5: {low}", "to lstm at 0.5"),
        (f"jax gru, temperature 1.0: {high}", "to gru at 1.0"),
        (f"jax lstm, temperature 1.0: {high}", "to lstm at 1.0"),
    )
    assert texts.columns == 2
    assert isinstance(table, TextTable)
    assert table.rows[0] == ("gru", 0.5, 0.5, 0.25, "-", 0.95)
    assert len(table.rows) == 4
    assert isinstance(curves, Lines)
    assert curves.name == "creativity"
    assert curves.title == (
        "lstm from temperature 0.5 to 1.0: known words 0.95 to 0.9, "
        "distinct-2 0.25 to 0.5"
    )
    assert [s.name for s in curves.series] == ["gru", "lstm"]
    np.testing.assert_allclose(curves.series[0].x, (0.25, 0.5))
    np.testing.assert_allclose(curves.series[0].y, (0.95, 0.9))


def test_runs_without_samples_show_none():
    assert generation_exhibits([]) == []
    bare = RunView("jax", "gru", 0, "*", {}, {})
    assert generation_exhibits([bare]) == []


@pytest.mark.parametrize("size", [1, 2, 3, 7, 100])
def test_words_are_distinct_wherever_a_chunk_ends(size):
    text = "It's no two-fold thing,\nno: IT is\u3000one. no"
    chunks = [text[i : i + size] for i in range(0, len(text), size)]
    assert distinct_words(chunks) == set(words_of(text))

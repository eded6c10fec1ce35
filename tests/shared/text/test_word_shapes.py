"""Shapes of words, and their column in addition to words and characters."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest
from factories.specs import run_spec
from factories.tagged import made

from shared.tasks import sized
from shared.tasks.tagging.codec import TagMetadata, encode, metadata
from shared.text.words.shapes import word_shape


@pytest.mark.parametrize(
    ("word", "shape"),
    [
        ("paris", "xx"),
        ("Paris", "Xxx"),
        ("a", "x"),
        ("I", "X"),
        ("USA", "XX"),
        ("McDonald", "XxXxx"),
        ("iPhone5s", "xXxxdx"),
        ("2014", "dd"),
        ("mid-90s", "xx-ddx"),
        ("@Ann", "@Xxx"),
        ("!!!!", "!!"),
        ("\u00c5sa", "Xxx"),
        ("\u6771\u4eac\u90fd", "xx"),
        ("\u0664\u0665\u0666", "dd"),
    ],
)
def test_the_shape_of_a_word(word, shape):
    assert word_shape(word) == shape


def test_shapes_are_the_second_column_and_all_else_as_it_was():
    plain, dataset = made(), made(word_shapes=True)
    # Of the training words, xx is in 8, x in 2, and Xxx in 2.
    assert dataset.arrays["shapes"].tolist() == ["xx", "Xxx", "x"]
    assert (plain.shape_size, dataset.shape_size) == (0, 5)
    for name in ("train", "validation", "test"):
        own, other = getattr(plain, name), getattr(dataset, name)
        without = np.delete(other.x, 1, axis=2)
        assert (without == own.x).all()
        assert (other.y == own.y).all()
    assert dataset.test.x[0, :, 1].tolist() == [2, 3, 2, 2]
    assert dataset.test.x[1, :, 1].tolist() == [2, 0, 0, 0]
    same = ("test_words_cut", "test_words_unknown", "test_words_unseen")
    for name in same:
        assert dataset.metadata[name] == plain.metadata[name]


def test_a_stored_tagger_reads_the_shapes_of_a_text():
    dataset = made(word_shapes=True)
    stored = json.loads(json.dumps(metadata(dataset)))
    x, lengths = encode("the Dog USA", stored)
    assert x[0, :, 1].tolist() == [2, 3, 1]
    assert lengths.tolist() == [3]
    model = sized(run_spec("tagging", "jax", "gru"), dataset).model
    TagMetadata(**stored).check(model)
    with pytest.raises(ValueError, match="shapes: 3 entries, where the model"):
        TagMetadata(**stored).check(replace(model, shape_size=7))
    plain = metadata(made())
    assert "shapes" not in plain
    TagMetadata(**plain).check(replace(model, shape_size=0))

"""Files of word vectors: format, faults, and what starts from them."""

from __future__ import annotations

import gzip

import numpy as np
import pytest
from factories.specs import run_spec
from factories.tagged import made

from shared.errors import DataError, SpecError
from shared.tasks import sized
from shared.text.words import vectors as word_vectors
from shared.text.words.vectors import find_vectors, width_of
from shared.weights.init import initial_weights, pretrained

WORDS = ["the", "saw", "cat", "dog", "a"]
GLOVE = "the 1 2 3\nDog 4 5 6\nsaw 7 8 9\nsaw 0 0 0\nhorse 1 1 1\n"


@pytest.fixture
def save(tmp_path, monkeypatch):
    """Write a file of vectors; the cache is empty."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(
        word_vectors.cache.catalogue,
        "cache_folder",
        lambda: tmp_path / "cache",
    )

    def write(text, name="vectors.txt", encoding="utf-8"):
        path = tmp_path / name
        content = text.encode(encoding)
        if name.endswith(".gz"):
            content = gzip.compress(content)
        path.write_bytes(content)
        return path

    return write


@pytest.mark.parametrize("name", ["vectors.txt", "vectors.vec.gz"])
@pytest.mark.parametrize("header", ["", "5 3\n"])
def test_a_word_has_its_first_vector_or_that_of_another_case(
    save, name, header
):
    found = find_vectors(save(header + GLOVE, name), WORDS)
    assert found.rows.tolist() == [0, 1, 3]
    assert found.vectors.tolist() == [[1, 2, 3], [7, 8, 9], [4, 5, 6]]
    assert found.vectors.dtype == np.float32
    assert found.recased == 1


def test_a_word_in_its_own_case_comes_before_another_case(save):
    found = find_vectors(save("Dog 4\ndog 5\nDOG 6\n"), WORDS)
    assert (found.vectors.tolist(), found.recased) == ([[5]], 0)


def test_a_word_may_have_blanks_and_a_line_may_end_in_one(save):
    path = save("the 1 2 \n. . . 3 4\nat a.b 5 6\n")
    found = find_vectors(path, ["the", ". . .", "at a.b"])
    assert found.vectors.tolist() == [[1, 2], [3, 4], [5, 6]]


def test_the_vectors_are_read_once_for_a_file_and_a_vocabulary(
    save, monkeypatch
):
    path = save(GLOVE)
    first = find_vectors(path, WORDS)
    read = []
    plain = word_vectors._read
    monkeypatch.setattr(
        word_vectors, "_read", lambda *given: read.append(1) or plain(*given)
    )
    again = find_vectors(path, WORDS)
    assert not read
    assert (again.vectors == first.vectors).all()
    assert find_vectors(path, WORDS[1:]).rows.tolist() == [0, 2]
    save(GLOVE.replace("7 8 9", "7 8 0"))
    assert find_vectors(path, WORDS).vectors[1].tolist() == [7, 8, 0]
    assert len(read) == 2


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "the 1 2 3\nhorse 1 2\n",
            "line 2: numbers after 'horse': 2; the first",
        ),
        (
            "the 1 2\nhorse 1 2 3\n",
            "line 2: numbers after 'horse': 3; the first",
        ),
        ("2 3\nthe 1 2\n", "line 2: numbers after 'the': 2; .* has 3$"),
        ("the 1 x 3\n", "line 1: 'x' is no finite number"),
        ("the 1 nan 3\n", "line 1: 'nan' is no finite number"),
        ("a title\nthe 1 2\n", "line 1: 'a title' is no word and its numbers"),
        ("9 99999\nthe 1 2\n", "line 1: 99,999 numbers a word"),
        ("horse 1 2\n", "has none of the 5 words of the training split"),
    ],
)
def test_a_fault_is_named_with_its_line(save, text, message):
    with pytest.raises(DataError, match=message) as error:
        find_vectors(save(text), WORDS)
    assert "\n" not in str(error.value)


def test_another_encoding_is_named_with_its_line(save):
    with pytest.raises(DataError, match="line 2: not UTF-8"):
        find_vectors(save("the 1\nna\u00efve 2\n", encoding="latin-1"), WORDS)


def test_an_empty_and_a_missing_file_are_refused(save, tmp_path):
    with pytest.raises(DataError, match="none of the 5 words"):
        find_vectors(save(""), WORDS)
    with pytest.raises(DataError, match="does not exist"):
        find_vectors(tmp_path / "absent.txt", WORDS)


def test_a_run_takes_its_embedding_size_from_the_file(save):
    data = {"embeddings": str(save(GLOVE))}
    run = run_spec("tagging", "jax", "gru", data=data)
    assert run.model.embedding_size == width_of(save(GLOVE)) == 3
    dataset = made(**data)
    assert sized(run, dataset).model.embedding_size == 3
    for size in (2, 4):
        own = run_spec(
            "tagging", "jax", "gru", data=data, model={"embedding_size": size}
        )
        with pytest.raises(SpecError, match=f"size {size} contradicts the 3"):
            sized(own, dataset)
    with pytest.raises(SpecError, match="need init matched, not native"):
        sized(
            run_spec("tagging", "jax", "gru", data=data, init="native"), dataset
        )


def test_rows_of_the_words_start_from_their_vectors(save):
    data = {"embeddings": str(save(GLOVE))}
    dataset = made(**data)
    run = sized(run_spec("tagging", "jax", "gru", data=data), dataset)
    drawn = initial_weights(run.model, 0)
    weights = pretrained(drawn, dataset.arrays)
    words = dataset.arrays["vocabulary"].tolist()
    table = weights["embedding.table"]
    for word, vector in (("the", [1, 2, 3]), ("saw", [7, 8, 9])):
        assert table[words.index(word) + 2].tolist() == vector
    for row in (0, 1, words.index("cat") + 2):
        assert (table[row] == drawn["embedding.table"][row]).all()
    assert (weights["head.weight"] == drawn["head.weight"]).all()
    assert dataset.metadata["notes"] == [
        "vectors.txt: vectors of 3 of 5 words (60.0 %), 1 of them in another "
        "case; the others are random"
    ]

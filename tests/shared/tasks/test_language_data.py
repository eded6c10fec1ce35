"""A corpus as windows of tokens; text to tokens and back."""

from __future__ import annotations

import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shared.datasets.corpora import Corpus, read_own
from shared.errors import DataError, SpecError
from shared.files.user_file import UserFile
from shared.tasks.language_modeling.codec import decode, encode, metadata
from shared.tasks.language_modeling.data import (
    character_dataset,
    stream,
    windows,
    word_dataset,
)
from shared.text.characters import encode as encode_text

WORDS = st.lists(st.sampled_from(["a", "the", "<unk>", "\u00e9t\u00e9", "."]))
LINES = st.lists(WORDS.map(" ".join)).map("\n".join)
TEXT = st.text(min_size=8)

TOKENS = st.lists(st.integers(0, 9), min_size=2, max_size=60).map(np.array)


def corpus_of(train: str, test: str = "", prompt: str = "") -> Corpus:
    parts = {"train": train, "validation": test or train, "test": test or train}
    return Corpus(parts, "made", {}, prompt)


@given(TOKENS, st.integers(1, 70))
def test_windows_score_every_token_but_the_first_once(tokens, steps):
    split = windows(tokens, steps, padded=True)
    assert split.x.shape == split.y.shape
    assert split.x.shape[1] == steps
    assert split.lengths is None
    # No window is of filling alone.
    assert (split.y >= 0).any(axis=1).all()
    real = split.y >= 0
    assert split.y[real].tolist() == tokens[1:].tolist()
    assert split.x[real].tolist() == tokens[:-1].tolist()
    assert not split.x[~real].any()
    assert stream(split).tolist() == tokens.tolist()


@given(TOKENS, st.integers(1, 70))
def test_training_has_whole_windows_in_order(tokens, steps):
    split = windows(tokens, steps, padded=False)
    count = (len(tokens) - 1) // steps
    assert split.x.shape == split.y.shape == (count, steps)
    assert split.x.ravel().tolist() == tokens[: count * steps].tolist()
    assert split.y.ravel().tolist() == tokens[1 : count * steps + 1].tolist()


@settings(max_examples=40)
@given(TEXT, st.integers(0, 8))
def test_characters_decode_at_once_and_in_chunks(text, cut):
    dataset = character_dataset(corpus_of(text), 2)
    stored = json.loads(json.dumps(metadata(dataset)))
    assert stored["vocabulary"] == sorted(set(text))
    assert stored["unit"] == "character"
    tokens = encode(text, stored, "error")
    assert tokens.dtype == np.int32
    assert tokens.tolist() == stream(dataset.test).tolist()
    assert decode(tokens, stored) == text
    joined = decode(tokens[:cut], stored) + decode(tokens[cut:], stored)
    assert joined == text
    assert encode(stored["prompt"], stored, "error").size


@given(LINES, st.integers(0, 20))
def test_words_decode_at_once_and_in_chunks(text, cut):
    dataset = word_dataset(corpus_of(f"a the\n{text}\n"), 2)
    stored = json.loads(json.dumps(metadata(dataset)))
    tokens = encode(text, stored, "error")
    shown = decode(tokens, stored)
    assert shown.split() == text.split()
    assert shown.count("\n") == text.count("\n")
    assert encode(shown, stored, "error").tolist() == tokens.tolist()
    joined = decode(tokens[:cut], stored) + decode(tokens[cut:], stored)
    assert joined == shown
    assert encode(stored["prompt"], stored, "error").size


def test_words_are_ranked_by_training_and_others_are_unknown():
    corpus = corpus_of("b a c\na c\n", "c d\na e\n")
    dataset = word_dataset(corpus, 2)
    # <eos>, a and c occur twice, in the order of their first appearance.
    ranked = ["a", "c", "<eos>", "b", "<unk>"]
    assert dataset.arrays["vocabulary"].tolist() == ranked
    assert dataset.input_size == dataset.output_size == 5
    assert stream(dataset.test).tolist() == [1, 4, 2, 0, 4, 2]
    named = word_dataset(corpus_of("b <unk> b\n", "c\n"), 2)
    assert named.arrays["vocabulary"].tolist() == ["b", "<unk>", "<eos>"]
    assert stream(named.test).tolist() == [1, 2]


def test_a_smaller_vocabulary_has_more_unknown_words():
    corpus = corpus_of("a b c d e f\n", "f a b\n")
    dataset = word_dataset(corpus, 1, train_words=3, test_words=2)
    assert dataset.arrays["vocabulary"].tolist() == ["a", "b", "c", "<unk>"]
    assert stream(dataset.train).tolist() == [0, 1, 2]
    assert stream(dataset.test).tolist() == [3, 0]
    assert dataset.metadata["tokens"] == {
        "train": 3,
        "validation": 2,
        "test": 2,
    }


def test_a_smaller_vocabulary_is_noted_as_not_comparable():
    parts = {"train": "a b c d a b", "validation": "a b", "test": "b a"}
    corpus = Corpus(parts, "cut", {}, notes=("licence",))
    whole = word_dataset(corpus, 1)
    assert whole.metadata["notes"] == ["licence"]
    some = word_dataset(corpus, 1, train_words=4)
    licence, note = some.metadata["notes"]
    assert licence == "licence"
    assert note.startswith("the first 4 words of training and their vocab")
    assert word_dataset(corpus, 1, train_words=9).metadata["notes"] == [
        "licence"
    ]


def test_characters_outside_the_vocabulary_are_named_or_left_out():
    stored = {"vocabulary": ["a", "b"], "unit": "character", "prompt": "a"}
    with pytest.raises(SpecError) as error:
        encode("a\u00e9b\x00\n\u00e9\ud800", stored, "error")
    assert str(error.value) == (
        "the vocabulary of 2 characters lacks '\u00e9', '\\x00', '\\n', "
        "'\\ud800'; --unknown skip leaves them out"
    )
    assert encode("a\u00e9b\n\ud800", stored, "skip").tolist() == [0, 1]
    assert encode("?", stored, "skip").tolist() == []
    with pytest.raises(SpecError) as error:
        encode("cdefghijklmnop", stored, "error")
    assert "'l' and 4 more;" in str(error.value)
    words = {"vocabulary": ["a", "<eos>"], "unit": "word", "prompt": "a"}
    with pytest.raises(SpecError, match="2 words lacks 'dog', 'ran';"):
        encode("a dog\nran a", words, "error")


@pytest.mark.parametrize(
    ("train", "test", "words"),
    [
        ("abcd", "abcd", "train part has 4 characters, not the 5 .* of 4 "),
        ("abcde", "a", "validation part has 1 characters, not the 2 "),
    ],
)
def test_a_text_shorter_than_a_window_is_refused(train, test, words):
    with pytest.raises(DataError, match=words) as error:
        character_dataset(corpus_of(train, test), 4)
    assert "\n" not in str(error.value)
    assert "--bptt" in str(error.value)
    assert len(character_dataset(corpus_of("abcde", "ab"), 4).train.x) == 1


def test_a_prompt_outside_the_vocabulary_falls_back_to_the_text():
    for train, shown in (("me: xyzw", "me:"), ("xyzw" * 9, "xyzwxyzwxy")):
        dataset = character_dataset(corpus_of(train, prompt="me:"), 2)
        assert dataset.metadata["prompt"] == shown


def test_a_text_that_validation_and_test_share_is_renumbered_once():
    """Its characters appear in an order that is not that of the vocabulary."""
    shared = encode_text("zyx" * 30)
    parts = {"train": encode_text("xyzw" * 30)}
    parts |= {"validation": shared, "test": shared}
    dataset = character_dataset(Corpus(parts, "made", {}), 4)
    vocabulary = dataset.arrays["vocabulary"]
    for split in (dataset.validation, dataset.test):
        shown = "".join(vocabulary[stream(split)])
        assert shown == ("zyx" * 30)[-len(shown) :]


def test_validation_and_test_may_be_one_text(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("zyxwvutsrq" * 20 + "\n")
    corpus = read_own(UserFile(str(path)), 0, "90/10")
    dataset = character_dataset(corpus, 4)
    vocabulary = dataset.arrays["vocabulary"]
    shown = "".join(vocabulary[stream(dataset.test)])
    assert shown == path.read_text()[-len(shown) :]
    assert stream(dataset.validation).tolist() == stream(dataset.test).tolist()

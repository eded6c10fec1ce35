"""Texts cut into words, their vocabulary, and padding."""

from __future__ import annotations

import unicodedata
from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.errors import SpecError
from shared.text.tokens import Tokens, gather, tokenize, tokenize_all, unseen
from shared.text.words.vocabulary import WordVocabulary, pad

ROWS = st.lists(st.lists(st.sampled_from(["a", "b", "c", "\u00e9t\u00e9"])))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Good<br /><br />Bad<BR>?", "good bad ?"),
        ("It's well-made; it ISN'T.", "it 's well - made ; it is n't ."),
        ("I can't, won\u2019t...", "i ca n't , wo n't ..."),
        ("_Alien_ (1979), 9/10!!", "_ alien _ ( 1979 ) , 9 / 10 ! !"),
        (
            "cre\u0300me \u00c9tat \u6620\u753b",
            "cr\u00e8me \u00e9tat \u6620 \u753b",
        ),
        ("the boys' 'toys'", "the boys ' ' toys '"),
        ("a < b, <brick>", "a < b , < brick >"),
        (" \n<br />", ""),
    ],
)
def test_a_text_is_split_into_words_and_punctuation(text, expected):
    assert tokenize(text) == expected.split()


def test_treebank_text_gives_the_same_tokens():
    running = "He'd say it's theirs, but they don't: we've won, I'm told."
    cut = "He 'd say it 's theirs , but they do n't : we 've won , I 'm told ."
    assert tokenize(cut) == tokenize(running) == cut.lower().split()


@given(st.text(st.characters(exclude_characters="<")))
def test_only_whitespace_of_a_text_is_lost(text):
    plain = unicodedata.normalize("NFC", text).replace("\u0130", "i").lower()
    plain = plain.replace("\u2019", "'")
    assert "".join(tokenize(text)) == "".join(plain.split())


@given(ROWS)
def test_token_lists_round_trip(rows):
    tokens = gather(rows)
    assert list(tokens.rows()) == rows
    assert tokens.lengths.tolist() == [len(row) for row in rows]
    assert tokens.indices.dtype == np.int32
    assert len(set(tokens.words)) == len(tokens.words)


@given(ROWS, st.data())
def test_token_lists_are_selected_in_any_order(rows, data):
    places = st.integers(0, len(rows) - 1) if rows else st.nothing()
    taken = data.draw(st.lists(places))
    found = gather(rows).take(np.array(taken, dtype=np.int64))
    assert list(found.rows()) == [rows[i] for i in taken]


def test_frequent_words_come_first_and_ties_in_order_of_appearance():
    rows = [["z", "b", "a"], ["a", "z", "c", "d", "d", "d"]]
    assert WordVocabulary.learn(rows).words == ("d", "z", "a", "b", "c")
    assert WordVocabulary.learn(rows, min_count=2).words == ("d", "z", "a")
    assert WordVocabulary.learn(rows, max_words=2).words == ("d", "z")
    both = WordVocabulary.learn(rows, min_count=3, max_words=9)
    assert both.words == ("d",)
    assert len(both) == 3


def test_the_vocabulary_is_built_from_the_selected_lists():
    tokens = gather([["z"], ["b"], ["a"]])
    found = WordVocabulary.learn(tokens.take(np.array([2, 1])))
    assert found.words == ("a", "b")


@given(ROWS, st.integers(1, 3), st.integers(0, 3))
def test_min_count_and_vocab_size_limit_the_vocabulary(rows, least, most):
    counts = Counter(word for row in rows for word in row)
    words = WordVocabulary.learn(rows, least, most).words
    assert WordVocabulary.learn(gather(rows), least, most).words == words
    enough = [word for word, _ in counts.most_common() if counts[word] >= least]
    assert list(words) == enough[: most or None]


@given(ROWS, st.integers(0, 6), st.sampled_from(["post", "pre"]))
def test_indices_decode_to_words_of_the_vocabulary(rows, steps, truncate):
    vocabulary = WordVocabulary(["a", "\u00e9t\u00e9"])
    x, lengths = vocabulary.encode(rows, steps, truncate)
    assert x.dtype == lengths.dtype == np.int32
    assert x.shape == (len(rows), steps or max(map(len, rows), default=0))
    names = ["<pad>", "<unk>", *vocabulary.words]
    for indices, length, row in zip(x, lengths, rows, strict=True):
        width = x.shape[1]
        dropped = max(0, len(row) - width)
        remaining = row[dropped:] if truncate == "pre" else row[:width]
        shown = [word if word in vocabulary else "<unk>" for word in remaining]
        assert [names[i] for i in indices[:length]] == shown
        assert not indices[length:].any()


def test_a_long_text_is_truncated_at_either_end():
    vocabulary = WordVocabulary(["a", "b", "c"])
    rows = [["a", "b", "c"], ["b"], []]
    cut, lengths = vocabulary.encode(rows, 2)
    assert cut.tolist() == [[2, 3], [3, 0], [0, 0]]
    assert lengths.tolist() == [2, 1, 0]
    assert vocabulary.encode(rows, 2, "pre")[0].tolist()[0] == [3, 4]
    assert vocabulary.encode(rows)[0].shape == (3, 3)
    with pytest.raises(SpecError, match="did you mean 'pre'"):
        vocabulary.encode(rows, 2, "prea")


def test_tags_are_padded_like_their_words():
    tokens = gather([["a"], ["b", "c", "d"]])
    tags, lengths = pad(np.array([5, 6, 7, 8]), tokens.offsets, 2)
    assert tags.tolist() == [[5, 0], [6, 7]]
    assert lengths.tolist() == [1, 2]


def test_words_absent_from_training_are_unseen():
    whole = gather([["a", "b"], ["c", "a"]])
    first, last = whole.take(np.array([0])), whole.take(np.array([1]))
    assert unseen(first, last).tolist() == [True, False]
    assert unseen(Tokens((), whole.indices[:0], whole.offsets[:1]), last).all()


PIECES = [
    "Can't",
    "won\u2019t",
    "...",
    "<br />",
    "<br",
    "e\u0301t\u00e9",
    "_x9",
]
PIECES += ["\u03a3\u0391\u03a3", "\u0130", "\u6771\u4eac", "\u0915\u093f"]


@given(
    st.lists(
        st.lists(st.sampled_from([*PIECES, " ", "\n", "\u3000"])).map("".join)
    )
)
def test_many_texts_have_the_tokens_of_each(texts):
    found = tokenize_all(texts)
    assert list(found.rows()) == list(map(tokenize, texts))

"""Tagged sentences as JSON and as running text with a tag after each word."""

from __future__ import annotations

import gzip
import json

import pytest

from shared.datasets.user.tagged import read_tags
from shared.errors import DataError
from shared.files.user_file import UserTags

COUNT = 12
TAGS = ["B-PER", "O", "O"]
SENTENCES = [([f"Ann{n}", "and/or", "runs"], TAGS) for n in range(COUNT)]
OBJECTS = [
    {"id": n, "tokens": w, "tags": t} for n, (w, t) in enumerate(SENTENCES)
]
PAIRS = [[*map(list, zip(*one))] for one in SENTENCES]
BROWN = "".join(
    " ".join(f"{word}/{tag}" for word, tag in zip(*one)) + "\n"
    for one in SENTENCES
)


def read(tmp_path, text: str, name: str, **columns):
    path = tmp_path / name
    if name.endswith(".gz"):
        path.write_bytes(gzip.compress(text.encode()))
    else:
        path.write_text(text, encoding="utf-8")
    return read_tags(UserTags(data=str(path), **columns))


def lines(values) -> str:
    return "".join(json.dumps(value) + "\n" for value in values)


def named(words: str, tags: str) -> str:
    return lines({words: w, tags: t} for w, t in SENTENCES)


@pytest.mark.parametrize(
    ("text", "name", "note"),
    [
        (lines(OBJECTS), "a.jsonl", "words in field 'tokens', tags in 'tags'"),
        (lines(OBJECTS), "a.json.gz", "words in field 'tokens'"),
        (json.dumps(OBJECTS), "a.json", "words in field 'tokens'"),
        (json.dumps(OBJECTS, indent=1), "a.json", "words in field 'tokens'"),
        (named("words", "ner_tags"), "a.ndjson", "tags in 'ner_tags'"),
        ("\n" + lines(PAIRS), "a.jsonl", "pairs of a word and its tag"),
        (json.dumps(PAIRS), "a.json", "pairs of a word and its tag"),
        (BROWN, "a.txt", "word/TAG"),
        (BROWN.replace(" ", "\t").replace("\n", "\r\n\n"), "a.pos", "word/TAG"),
        ("\ufeff" + BROWN, "ca01", "word/TAG"),
    ],
)
def test_each_way_to_write_tagged_sentences_is_read(tmp_path, text, name, note):
    found = read(tmp_path, text, name)
    assert found.sentences == SENTENCES
    assert found.notes[0].startswith(note) or note in found.notes[0]


def test_fields_can_be_named_and_classes_are_numbers(tmp_path):
    text = lines({"a": w, "b": [0, 1, 1], "tags": t} for w, t in SENTENCES)
    columns = {"word_column": "a", "tag_column": "b"}
    found = read(tmp_path, text, "a.jsonl", **columns)
    assert found.sentences[0].tags == ["0", "1", "1"]
    with pytest.raises(DataError, match=r"line 1: unknown field 'c'"):
        read(tmp_path, text, "a.jsonl", word_column="a", tag_column="c")


def test_slashes_in_words_of_columns_are_no_tags(tmp_path):
    text = "".join(
        f"{word}\t{tag}\n" * (word != "")
        for w, t in SENTENCES
        for word, tag in [*zip(w, t)]
    ).replace("runs\tO\n", "runs\tO\n\n")
    assert read(tmp_path, text, "a.txt").sentences == SENTENCES


@pytest.mark.parametrize(
    ("text", "name", "words"),
    [
        (
            '{"tokens": ["a"]}\n',
            "a.jsonl",
            "line 1: which of the fields tokens",
        ),
        (lines([*OBJECTS, 5]), "a.jsonl", "line 13: '5' is not {"),
        (lines(OBJECTS) + "{\n", "a.jsonl", "line 13: no JSON"),
        (lines([*PAIRS, [["a", "O"], ["b"]]]), "a.jsonl", "line 13: "),
        (
            lines([*OBJECTS, {"tokens": ["a", "b"], "tags": ["O"]}]),
            "a.jsonl",
            "line 13: 2 words and 1 tags",
        ),
        (
            json.dumps([*OBJECTS, {"tokens": "a b", "tags": ["O"]}]),
            "a.json",
            "sentence 13: its words, 'a b', are no list of texts",
        ),
        (
            json.dumps([*OBJECTS, {"tokens": ["a", ""], "tags": ["O", "O"]}]),
            "a.json",
            "sentence 13: its words",
        ),
        ("[]", "a.json", "has no sentence"),
        ("", "a.json", "no JSON"),
        (BROWN * 20 + "a/O b\n", "a.txt", "line 241: 'b' is not word/TAG"),
    ],
)
def test_what_is_wrong_is_one_line_with_its_place(tmp_path, text, name, words):
    with pytest.raises(DataError) as error:
        read(tmp_path, text, name)
    assert words in str(error.value)
    assert "\n" not in str(error.value)

"""Pairs of sentences in tables and lines, and lines of fastText."""

from __future__ import annotations

import json

import pytest

from shared.datasets.user.labelled import read_table
from shared.errors import DataError
from shared.files.user_file import UserTable
from shared.text.pairs import read_pairs

PAIRS = [(f"I see {n} cats, yes", f"je vois {n} chats ; oui") for n in range(9)]


def text_of(form: str, head: str = "") -> str:
    return head + "".join(
        form.format(*pair, n=n) + "\n" for n, pair in enumerate(PAIRS)
    )


def read(tmp_path, text: str, name: str):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return read_pairs(path, "utf-8")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (text_of('"{}","{}"', "english,french\n"), "a.csv"),
        (text_of('"{}","{}"', "English words/sentences,kannada\n"), "a.csv"),
        (text_of('"{}";"{}"', "en;fr\n"), "a.csv"),
        (text_of('"{}","{}"'), "a.csv"),
        (text_of('{n},"{}","{}",0.5', "id,en,fr,score\n"), "a.csv"),
        (text_of("{}\t{}"), "a.csv"),
        (text_of("{}\t{}", "source\ttarget\n"), "a.txt"),
        (text_of("{n}\t{}\t{}", "id\ten\tfr\n"), "a.tsv"),
        (text_of("0.{n}1\t{}\t{}"), "a.txt"),
        (text_of("{n}\teng\t{}\t8{n}\tfra\t{}"), "a.tsv"),
        (text_of('"{}"\t"{}"'), "a.tsv"),
        (text_of("{} ||| {}"), "a.txt"),
        (text_of("{} ||| {} ||| 0.5 0.1"), "a.fr-en"),
        (text_of("{}\t{}\tCC-BY 2.0 (France) Attribution: #{n}"), "a.txt"),
        (text_of("\ufeff{}\t{}"), "a.txt"),
        (
            "".join(json.dumps({"en": a, "fr": b}) + "\n" for a, b in PAIRS),
            "a.jsonl",
        ),
    ],
)
def test_pairs_are_read_with_or_without_names(tmp_path, text, name):
    assert read(tmp_path, text, name)[0] == PAIRS


@pytest.mark.parametrize("form", ["eng\t{}\t{}", "{n}\teng\t{}\tfra\t{}"])
def test_a_column_of_languages_is_no_side(tmp_path, form):
    with pytest.raises(DataError, match="of all 9 pairs is 'eng'"):
        read(tmp_path, text_of(form), "a.txt")


def test_a_first_line_that_may_name_columns_is_noted(tmp_path):
    _, notes = read(tmp_path, text_of('"{}","{}"'), "a.csv")
    assert notes == ["line 1 is read as a pair, not as names of columns"]
    _, notes = read(tmp_path, text_of("{}\t{}", "en\tfr\n"), "a.txt")
    assert notes == ["line 1 names the columns; read: en and fr"]


@pytest.mark.parametrize(
    ("text", "name", "words"),
    [
        ('<?xml version="1.0"?>\n<tmx version="1.4">\n', "a.tmx", "a transla"),
        ("en\tfr\n", "a.txt", "has no pairs"),
        (text_of('"{}","{}",x', "en,fr,de\n"), "a.csv", "is not certain"),
        (text_of("{},x", "en,fr\n"), "a.csv", "line 1: a row of length 2"),
        ('en,fr\n"a",\nb,c\n', "a.csv", "line 2: a side of the pair is empty"),
        ("", "a.xlsx", "save it as CSV (UTF-8)"),
    ],
)
def test_what_holds_no_pairs_is_one_line(tmp_path, text, name, words):
    with pytest.raises(DataError) as error:
        read(tmp_path, text, name)
    assert words in str(error.value)
    assert "; --" not in str(error.value)


def fasttext(tmp_path, form: str):
    path = tmp_path / "a.train"
    rows = [
        (f'{word} "is {n}', word) for n in range(6) for word in ("good", "bad")
    ]
    path.write_text("".join(form.format(*row) + "\n" for row in rows))
    return rows, read_table(UserTable(data=str(path)))


@pytest.mark.parametrize(
    "form",
    [
        *("__label__{1} {0}", "__label__{1}\t{0}", "__label__{1} , {0}"),
        "{0} __label__{1}",
    ],
)
def test_lines_of_fasttext_are_texts_with_labels(tmp_path, form):
    rows, found = fasttext(tmp_path, form)
    assert list(zip(found.texts, found.labels)) == rows


def test_several_labels_of_fasttext_are_an_error(tmp_path):
    with pytest.raises(DataError, match="line 1: 2 labels"):
        fasttext(tmp_path, "__label__x __label__{1} {0}")

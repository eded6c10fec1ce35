"""Tagged words in tables, in CoNLL-2012, and in columns that are named."""

from __future__ import annotations

import pytest

from shared.datasets.user.tagged import read_tags
from shared.errors import DataError
from shared.files.user_file import UserTags

SENTENCES = [
    [("Ann", "NNP", "B-per"), (",", ",", "O"), (f"w{i}", "NN", "O")]
    for i in range(8)
]
WORDS = [[word for word, _, _ in own] for own in SENTENCES]
TAGS = [[tag for _, _, tag in own] for own in SENTENCES]


def read(tmp_path, text: str, name: str = "a.csv", **options: str):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return read_tags(UserTags(data=str(path), **options))


def kaggle(filled: bool, head: str = "Sentence #,Word,POS,Tag\n") -> str:
    """As in Kaggle's GMB: the sentence is in its first row alone."""
    return head + "".join(
        f'{f"Sentence: {i}" * (filled or not j)},"{word}","{pos}",{tag}\n'
        for i, own in enumerate(SENTENCES)
        for j, (word, pos, tag) in enumerate(own)
    )


def in_columns(form: str) -> str:
    """A line a word of each sentence, blank lines between sentences."""
    return "\n".join(
        "".join(
            form.format(i=i, word=word, pos=pos, tag=tag) + "\n"
            for i, (word, pos, tag) in enumerate(own)
        )
        for own in SENTENCES
    )


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (kaggle(filled=False), "a.csv"),
        (kaggle(filled=True), "a.csv"),
        (kaggle(filled=True, head="sentence_id,words,x,labels\n"), "a.csv"),
        (
            "Sentence #\tWord\tTag\n"
            + in_columns("#{i}\t{word}\t{tag}")
            .replace("#1", "")
            .replace("#2", ""),
            "a.tsv",
        ),
        ("Word;Tag\n" + in_columns('"{word}";{tag}'), "a.csv"),
        (in_columns('"{word}",{tag}'), "a.csv"),
        (in_columns("{word}\t{tag}"), "a.csv"),
        (in_columns("{word} {pos} {tag}"), "a.csv"),
        (in_columns("{tag}\t{word}"), "a.txt"),
    ],
)
def test_a_table_is_read_with_all_its_words(tmp_path, text, name):
    found = read(tmp_path, text, name).sentences
    assert [own.words for own in found] == WORDS
    assert [own.tags for own in found] == TAGS


def test_a_column_of_tags_is_named_or_counted(tmp_path):
    conll = in_columns("{i}\t{word}\t_\t{pos}\t{tag}\tROOT")
    cases = [
        (kaggle(filled=False), "a.csv", "POS"),
        (kaggle(filled=False), "a.csv", "3"),
        (conll, "a.conll", "4"),
        ("word\tner\tpos\n" + in_columns("{word}\t{tag}\t{pos}"), "b", "pos"),
    ]
    for text, name, column in cases:
        found = read(tmp_path, text, name, tag_column=column).sentences
        assert [own.words for own in found] == WORDS
        assert found[0].tags == ["NNP", ",", "NN"]
    with pytest.raises(DataError, match="unknown column '9'"):
        read(tmp_path, conll, "a.conll", tag_column="9")


def test_conll_2012_names_the_columns_to_choose_from(tmp_path):
    mark = {"B-per": "(PER*", "O": "*"}
    lines = in_columns("bc/1   0   {i}   {word}   {pos}   {tag}   -")
    for tag, bracket in mark.items():
        lines = lines.replace(f"   {tag} ", f"   {bracket} ")
    text = f"#begin document (bc/1);\n{lines.replace('*   -', '*)   -')}"
    with pytest.raises(DataError, match="--tag-column 5 reads parts of speech"):
        read(tmp_path, text, "a.conll")
    found = read(tmp_path, text, "a.conll", tag_column="6").sentences
    assert [own.words for own in found] == WORDS
    assert found[0].tags == ["B-PER", "O", "O"]


def test_entities_in_brackets_go_on_to_the_bracket_that_ends_them(tmp_path):
    tags = ["(GPE*", "*", "*)", "*", "(ORG)"]
    lines = "".join(f"w{i} x {tag}\n" for i, tag in enumerate(tags))
    text = "\n".join(lines.replace("w0", f"v{i}") for i in range(8))
    found = read(tmp_path, text, "a.txt").sentences
    assert found[0].tags == ["B-GPE", "I-GPE", "I-GPE", "O", "B-ORG"]


@pytest.mark.parametrize(
    ("text", "name", "words"),
    [
        ("1,a,B-x\n" * 9, "a.csv", "--word-column and --tag-column name"),
        (kaggle(filled=False).replace("w3", ""), "a.csv", "line 13: no word"),
        (
            "Word,Tag\n" + "a b,\"['O', 'O']\"\n" * 9,
            "a.csv",
            "line 2: column 'Tag' holds lists",
        ),
        ("word,tag\n" + "a,O\nb,B-x\n" * 9, "a.csv", "'sentence_id', ends"),
        ("<html>\n", "a.txt", "a web page"),
        ("a b O\n\nb c O\n", "a.txt", "--tag-column names another"),
    ],
)
def test_what_is_no_table_of_tags_is_one_line(tmp_path, text, name, words):
    with pytest.raises(DataError) as error:
        read(tmp_path, text, name)
    assert words in str(error.value)
    assert "\n" not in str(error.value)


def test_advice_of_tables_is_not_given_to_tags(tmp_path):
    path = tmp_path / "a.csv"
    rows = "".join(f'a{n},O\n",O\n' for n in range(5))
    path.write_text(f"word,tag\n{rows}")
    with pytest.raises(DataError) as caught:
        read_tags(UserTags(data=str(path)))
    assert "line " in str(caught.value)
    assert "--quoting" not in str(caught.value)

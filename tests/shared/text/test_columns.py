"""Columns as people have them: blanks, tabs, comments, more columns."""

from __future__ import annotations

import pytest

from shared.errors import DataError
from shared.text.columns import read_columns

CONLL2003 = (
    "-DOCSTART- -X- -X- O\n\nEU NNP I-NP I-ORG\nrejects VBZ I-VP O\n"
    "\n-DOCSTART- -X- O O\n\n# NN I-NP O\n"
)
TWO = [(["EU", "rejects"], ["I-ORG", "O"]), (["#"], ["O"])]


def read(tmp_path, text: str):
    path = tmp_path / "a.conll"
    path.write_text(text, encoding="utf-8", newline="")
    return read_columns(path)


@pytest.mark.parametrize(
    "text",
    [
        CONLL2003,
        CONLL2003.replace(" ", "\t"),
        CONLL2003.replace(" ", "   "),
        CONLL2003.replace("\n", " \t\n"),
        CONLL2003.replace("\n", "\r\n"),
        "\ufeff" + CONLL2003,
        CONLL2003.replace(" I-NP", "\tI-NP"),
        CONLL2003.replace("EU NNP", "EU\tNNP").replace("\n\n", "\n \t \n\n"),
        CONLL2003.replace("-DOCSTART- -X- -X- O\n", "-DOCSTART-\n").rstrip(),
        "# doc\n#another\n" + CONLL2003,
    ],
)
def test_columns_are_read_with_any_separators(tmp_path, text):
    sentences, notes = read(tmp_path, text)
    assert sentences == TWO
    assert notes[0] == "4 columns: words in 1, tags in 4"
    assert "lines of -DOCSTART- 2" in notes[1]
    assert ("lines of comments 2" in notes[1]) == ("doc\n" in text)


@pytest.mark.parametrize(
    ("text", "words", "tags"),
    [
        # Words with blanks, and a blank that is a word.
        ("New York\tB-LOC\nis\tO\n", ["New York", "is"], ["B-LOC", "O"]),
        ("a\tO\n \tO\nb\tB-x\n", ["a", " ", "b"], ["O", "O", "B-x"]),
        # Blanks in place of a few tabs.
        ("a\tO\nb\tO\nc O\n", ["a", "b", "c"], ["O", "O", "O"]),
        ("a O\nb O\nNew\tB-x\n", ["a", "b", "New"], ["O", "O", "B-x"]),
        # A column that is empty, one that says nothing, one that counts.
        ("a\t\tO\nb\tNN\tB-x\n", ["a", "b"], ["O", "B-x"]),
        ("1\ta\tO\t-\n2\tb\tB-x\t-\n", ["a", "b"], ["O", "B-x"]),
        ("1 a O\n2 b B-x\n", ["a", "b"], ["O", "B-x"]),
        ("1 O\n2 B-x\n", ["1", "2"], ["O", "B-x"]),
        # Hash signs: comments before a sentence, words with a tag.
        ("# text = a b\na\tO\n#\tO\n", ["a", "#"], ["O", "O"]),
        ("# id 1\na\tO\nb\tB-x\n", ["a", "b"], ["O", "B-x"]),
        ("# id\na O\nb B-x\n", ["a", "b"], ["O", "B-x"]),
        ("#tag O\nb B-x\nc O\n", ["#tag", "b", "c"], ["O", "B-x", "O"]),
        ("a NN\n# #\n", ["a", "#"], ["NN", "#"]),
        ("#x B-y\na O\n", ["#x", "a"], ["B-y", "O"]),
        ("#\thttp://a\n1\ta\tO\n2\tb\tB-x\n", ["a", "b"], ["O", "B-x"]),
        # Names of the columns, once.
        ("Word\tTag\na\tO\nb\tB-x\n", ["a", "b"], ["O", "B-x"]),
        ("token pos ner\n\na NN O\nb NN B-x\n", ["a", "b"], ["O", "B-x"]),
        ("the\tO\nword\ttag\n", ["the", "word"], ["O", "tag"]),
        # Blanks that are no separators.
        ("\u3000\tO\na\xa0b\tB-x\n", ["\u3000", "a\xa0b"], ["O", "B-x"]),
    ],
)
def test_a_sentence_of_columns_is_read(tmp_path, text, words, tags):
    assert read(tmp_path, text).sentences == [(words, tags)]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a\tO\nb\n", "line 2: no tag: 'b' is not"),
        ("a\tO\nNew York\t\nb\tO\n", "line 2: no tag: 'New York' is not"),
        ("a\tO\nb\tO\nNew York\n", "line 3: no tag: 'New York' is not"),
        ("a NN O\nb NN\nc NN O\n", "line 2: 2 columns, not 3: 'b NN'"),
        ("a\tO\n\tO\n", "line 2: no word: '"),
        ("a\n\nb\n", "line 1: no tag: 'a' is not"),
        ("a\tO\n# word\n", "line 2: no tag: '# word'"),
        ("word,tag\na,O\n", "line 1: no tag: 'word,tag' is not word, tab or"),
        ("-DOCSTART- O\n# a\n\n", "has no sentence"),
    ],
)
def test_a_line_without_its_columns_is_named(tmp_path, text, message):
    with pytest.raises(DataError, match=message) as error:
        read(tmp_path, text)
    assert "\n" not in str(error.value)

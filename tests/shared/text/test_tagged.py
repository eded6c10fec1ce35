"""Tagged sentences: synthetic files, and the real treebanks."""

from __future__ import annotations

from pathlib import Path

import pytest

from shared.datasets import ewt, wnut17
from shared.errors import DataError
from shared.text.columns import read_columns
from shared.text.conllu import is_conllu, read_conllu
from shared.text.tagged import check_bio

CONLLU = """\
# text = Don't, they
1-2\tDon't\t_\t_\t_\t_\t_\t_\t_\t_
1\tDo\tdo\tAUX\tVBP\t_\t0\troot\t_\t_
2\tn't\tnot\tPART\tRB\t_\t1\tadvmod\t_\t_
2.1\tgo\tgo\tVERB\tVB\t_\t_\t_\t_\t_

# sent_id = 2
1\t#\t#\tSYM\t_\t_\t0\troot\t_\t_
"""


def write_file(path: Path, text: str) -> Path:
    """The path, now with this text."""
    path.write_text(text, encoding="utf-8", newline="")
    return path


def test_conllu_passes_over_ranges_empty_nodes_and_comments(tmp_path):
    path = write_file(tmp_path / "a.conllu", CONLLU)
    (first, second), notes = read_conllu(path)
    assert first == (["Do", "n't"], ["AUX", "PART"])
    assert second == (["#"], ["SYM"])
    assert notes == (
        "left out: lines of comments 2, ranges of words 1, empty nodes 1",
    )


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("\n", "\r\n"),
        ("\t_\n", "\t_\t\t\n"),
        ("\t_\n", "\t\n"),
        ("\t", "  "),
        ("\n\n", "\n \t\n\n-DOCSTART- -X-\n\n"),
        ("# text", "\ufeff# text"),
    ],
)
def test_conllu_as_editors_leave_it_is_read_alike(tmp_path, before, after):
    plain = write_file(tmp_path / "a.conllu", CONLLU)
    path = write_file(tmp_path / "b.conllu", CONLLU.replace(before, after))
    assert is_conllu(path)
    assert read_conllu(path).sentences == read_conllu(plain).sentences


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ("\tSYM", "\t_", "line 8: '#' has no tag in column 4"),
        ("1\t#", "x\t#", "line 8: 'x' is no id"),
        ("2\tn't\tnot", "2\tn't", "line 4: 9 fields"),
    ],
)
def test_a_bad_line_of_conllu_is_named(tmp_path, before, after, words):
    path = write_file(tmp_path / "a.conllu", CONLLU.replace(before, after))
    with pytest.raises(DataError, match=words):
        read_conllu(path)


def test_columns_keep_every_word_and_blank_lines_separate_sentences(tmp_path):
    text = "#\tO\r\n\u200bDubbz\ufeff\tB-person\n\t\n\n\u2028x\tO\n"
    found, notes = read_columns(write_file(tmp_path / "a.conll", text))
    assert notes == ()
    assert [s.words for s in found] == [
        ["#", "\u200bDubbz\ufeff"],
        ["\u2028x"],
    ]
    assert found[0].tags == ["O", "B-person"]


@pytest.mark.parametrize("line", ["word", "word\t", "\tO", "a\tb\tO"])
def test_a_bad_line_of_columns_is_named(tmp_path, line):
    path = write_file(tmp_path / "a.conll", f"x\tO\n{line}\n")
    with pytest.raises(DataError, match=f"{path}, line 2: "):
        read_columns(path)


def test_a_tag_that_is_not_bio_is_named(tmp_path):
    path = write_file(tmp_path / "a.conll", "x\tO\n\ny\tE-person\n")
    with pytest.raises(DataError, match="sentence 2: 'E-person' of 'y'"):
        check_bio(path, read_columns(path).sentences)


def test_text_that_is_not_utf_8_or_empty_is_named(tmp_path):
    path = tmp_path / "a.conll"
    path.write_bytes(b"x\tO\nb\xf6\tO\n")
    with pytest.raises(DataError, match=r"line 2: not UTF-8 .* at byte 1"):
        read_columns(path)
    with pytest.raises(DataError, match="has no sentence"):
        read_columns(write_file(path, "\n\n"))


@pytest.mark.parametrize(
    ("dataset", "sentences", "words", "tags"),
    [
        (ewt, (12544, 2001, 2077), (204577, 25147, 25094), 17),
        (wnut17, (3394, 1009, 1287), (62730, 15733, 23394), 13),
    ],
)
def test_real_tagged_corpora_have_the_published_counts(
    data_dir, dataset, sentences, words, tags
):
    parts, hashes = dataset.load()
    assert list(parts) == ["train", "validation", "test"]
    assert tuple(map(len, parts.values())) == sentences
    counts = [sum(len(s.words) for s in part) for part in parts.values()]
    assert tuple(counts) == words
    for part in parts.values():
        assert all(len(s.words) == len(s.tags) > 0 for s in part)
        assert len({tag for s in part for tag in s.tags}) == tags
    assert len(hashes) == 3

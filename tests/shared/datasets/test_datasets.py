"""The catalogue, the vocabulary and the split of names."""

from __future__ import annotations

import itertools
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from shared.datasets.names import read_names, split_by_line, split_by_name
from shared.files import catalogue
from shared.text.splits import PARTS
from shared.text.vocabulary import Vocabulary


def test_vocabulary_pads_with_0_and_marks_unknown_with_1():
    vocabulary = Vocabulary(["ba", "ca"])
    assert len(vocabulary) == 5
    indices, lengths = vocabulary.encode(["abz", "c"], 4)
    assert indices.dtype == lengths.dtype == np.int32
    assert indices.tolist() == [[2, 3, 1, 0], [4, 0, 0, 0]]
    assert lengths.tolist() == [3, 1]


def test_names_are_normalized_and_stripped(tmp_path):
    (tmp_path / "French.txt").write_text(
        " Be\u0301ranger \n\nAbel\nAbel\n", encoding="utf-8"
    )
    assert read_names(tmp_path.glob("*.txt")) == [
        ("B\u00e9ranger", "French"),
        ("Abel", "French"),
        ("Abel", "French"),
    ]


def lines_of(tiny: Path) -> list[tuple[str, str]]:
    return read_names((tiny / "names").glob("*.txt"))


@pytest.mark.parametrize("split", [split_by_name, split_by_line])
def test_a_split_keeps_each_line_once(tiny_names, split):
    lines = lines_of(tiny_names)
    parts = split(lines, 0)
    assert tuple(parts) == PARTS
    joined = itertools.chain.from_iterable(parts.values())
    assert Counter(joined) == Counter(lines)
    for part in PARTS:
        assert {language for _, language in parts[part]} == {"Greek", "Irish"}
    assert split(lines, 0) == parts
    assert split(lines, 1) != parts


def test_split_by_name_leaks_nothing_and_split_by_line_does(tiny_names):
    def shared_names(parts):
        train = {name for name, _ in parts["train"]}
        return train & {name for name, _ in parts["test"]}

    lines = lines_of(tiny_names)
    assert not shared_names(split_by_name(lines, 0))
    assert shared_names(split_by_line(lines, 0))


def test_a_name_of_two_languages_is_in_one_split():
    lines = [(f"n{i}", "A") for i in range(60)]
    lines += [(f"n{i}", "B") for i in range(40)]
    for part, found in split_by_name(lines, 0).items():
        names = Counter(name for name, _ in found)
        both = [name for name in names if int(name[1:]) < 40]
        assert all(names[name] == 2 for name in both), part
        assert len(both) == {"train": 32}.get(part, 4)


def test_real_names_have_the_published_counts(data_dir):
    paths = [catalogue.locate(n) for n in catalogue.names_under("names")]
    lines = read_names(paths)
    assert len(lines) == 20050
    assert len({name for name, _ in lines}) == 17450
    parts = split_by_name(lines, 0)
    distinct = {part: {n for n, _ in parts[part]} for part in PARTS}
    assert sum(map(len, distinct.values())) == 17450
    assert len(distinct["test"]) == pytest.approx(1745, rel=0.01)

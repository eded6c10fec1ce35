"""Errors are planted by syntax, where they are said to be."""

import ast
from functools import cache

import pytest
from equivalence.mutations.nearest import NEAREST
from equivalence.mutations.planted import ROOT, all_errors
from equivalence.mutations.related import RELATED, stages
from equivalence.mutations.syntax import plant

SOURCE = '''
def step(x, h):
    """h' of a cell: f * c."""
    c = f * c + i * g  # f * c
    h = o*tanh(c)
    return drop(h, rate=0.5), f * c

class Cell:
    def step(self):
        return None
'''
TABLES = all_errors()
ROWS = [row for rows in TABLES.values() for row in rows]


@pytest.mark.parametrize(
    ("definition", "right", "wrong", "at", "line"),
    [
        ("step", "f * c", "i * c", 0, "    c = (i * c) + i * g  # f * c"),
        ("step", "f*c", "i * c", 1, "    return drop(h, rate=0.5), (i * c)"),
        ("step", "o * tanh(c)", "tanh(c)", 0, "    h = (tanh(c))"),
        (
            "step",
            "rate=0.5",
            "rate=0.1",
            0,
            "    return drop(h, rate=0.1), f * c",
        ),
        ("Cell.step", "return None", "pass", 0, "        pass"),
    ],
)
def test_code_is_replaced_by_its_syntax(definition, right, wrong, at, line):
    planted = plant(SOURCE, definition, right, wrong, at)
    changed = set(planted.splitlines()) - set(SOURCE.splitlines())
    assert changed == {line}


@pytest.mark.parametrize(
    ("definition", "right", "at"),
    [("step", "f * d", 0), ("step", "f * c", 2), ("stride", "f * c", 0)],
)
def test_what_is_not_there_is_an_error(definition, right, at):
    with pytest.raises(LookupError):
        plant(SOURCE, definition, right, "0", at)


@cache
def syntax_of(file):
    """The syntax of a file as it is."""
    return ast.dump(ast.parse((ROOT / file).read_text()))


@pytest.mark.parametrize("table", TABLES)
def test_every_error_changes_its_file(table):
    alike = [
        f"{row.file} {row.meaning}"
        for row in TABLES[table]
        if ast.dump(ast.parse(row.planted())) == syntax_of(row.file)
    ]
    assert not alike


def test_the_tests_of_every_stage_exist():
    files = {row.file for row in ROWS} | {*RELATED, *NEAREST}
    named = {
        one.partition("::")[0]
        for file in files
        for arguments in stages(f"{file}.")
        for one in arguments
        if one.startswith("tests/")
    }
    assert named
    assert [name for name in named if not (ROOT / name).exists()] == []


def test_each_error_is_planted_once():
    places = [(*row[:4], row.at) for row in ROWS]
    assert len(set(places)) == len(places)

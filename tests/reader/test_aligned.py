"""Statements side by side: none is lost, and what differs is marked."""

from itertools import product

import pytest

from comparisons.reader.highlight import code_tokens
from comparisons.reader.rows.alignment import align
from comparisons.reader.rows.marks import differing
from comparisons.reader.rows.reasons import (
    OTHERWISE,
    Reason,
    reasons_below,
    sentence,
)
from comparisons.reader.rows.statements import statement_starts
from comparisons.reader.source import PACKAGES, read_packages
from comparisons.reader.view import align as align_row
from comparisons.reader.view import view
from shared.specs import CELLS
from shared.tasks import get_task, task_names

SOURCES = read_packages()


def rows_of(task, cell, name):
    rows = view(get_task(task), cell, packages=SOURCES)
    (row,) = [row for row in rows if row.name == name]
    return align_row(row, SOURCES)


def equal(one, two):
    return float(one == two)


def test_the_alignment_keeps_both_orders_and_pairs_the_most():
    assert align("abcd", "xbd", equal) == [
        (0, None),
        (None, 0),
        (1, 1),
        (2, None),
        (3, 2),
    ]
    assert align("", "ab", equal) == [(None, 0), (None, 1)]
    assert [p for p in align("abab", "ba", equal) if None not in p] == [
        (1, 0),
        (2, 1),
    ]


def test_differing_tokens_are_those_that_some_other_lacks():
    texts = ["torch . tanh ( g )", "ops . tanh ( g )", "jnp . tanh ( g )"]
    assert differing([text.split() for text in texts]) == [{0}] * 3
    assert differing([["a", "(", "b", ",", ")"], ["a", "(", "b", ")"]]) == [
        set(),
        set(),
    ]


def test_a_statement_is_one_unit_and_a_table_has_one_for_each_entry():
    text = (
        "T = {\n    1: 2,\n    3: 4,\n}\n\n"
        "@d\ndef f(\n    x,\n):\n    # why\n    return (\n        x\n    )\n"
    )
    starts = statement_starts(text)
    groups = [
        [n for n in starts if starts[n] == s]
        for s in sorted(set(starts.values()))
    ]
    assert groups == [[1], [2], [3], [4], [6], [7, 8, 9], [10], [11, 12, 13]]


@pytest.mark.parametrize("task", ["sine", "charlm", "translate"])
def test_each_statement_is_in_one_row_in_the_order_of_its_file(task):
    for row in view(get_task(task), "lstm", packages=SOURCES):
        aligned = align_row(row, SOURCES)
        for package, lines in row.lines.items():
            units = [r.units[package] for r in aligned if package in r.units]
            found = [line for unit in units for line in unit.lines]
            assert found == [line for line in lines if line.text.strip()]


@pytest.mark.parametrize("task", ["sine", "charlm", "translate"])
def test_a_row_is_the_same_or_has_marks_and_a_reason(task):
    for row in view(get_task(task), "lstm", packages=SOURCES):
        for found in align_row(row, SOURCES):
            texts = {
                package: [
                    token.text
                    for line in unit.lines
                    for token in code_tokens(SOURCES[package][row.file].text)[
                        line.number - 1
                    ]
                ]
                for package, unit in found.units.items()
            }
            marks = any(unit.marks for unit in found.units.values())
            if found.same and len(row.lines) > 1:
                assert set(found.units) == set(row.lines)
                first, *others = (without_commas(t) for t in texts.values())
                assert all(other == first for other in others)
                assert not marks
            elif len(row.lines) > 1 and any(texts.values()):
                assert found.known
                assert marks or not paired_in_all(found, row)


def paired_in_all(found, row):
    """Whether each framework has one statement here, no passage of many."""
    return set(found.units) == set(row.lines) == set(PACKAGES)


def without_commas(words):
    return [w for w in words if w != ","]


def test_the_split_into_gates_is_one_row_with_its_reason():
    (row,) = [
        found
        for found in rows_of("sine", "lstm", "lstm_step")
        if "chunk" in found.units.get("pytorch_impl", NOTHING).text
    ]
    assert "ops.split" in row.units["keras_impl"].text
    assert "jnp.split" in row.units["jax_impl"].text
    assert row.known[0].why.startswith("PyTorch has chunk with dim")


class Nothing:
    text = ""


NOTHING = Nothing()


def test_words_are_marked_within_the_line():
    (row,) = [
        found
        for found in rows_of("sine", "lstm", "lstm_step")
        if "tanh(g)" in found.units.get("jax_impl", NOTHING).text
    ]
    assert {
        package: [
            line.text[first:last]
            for line in unit.lines
            for first, last in unit.marks[line.number]
        ]
        for package, unit in row.units.items()
    } == dict(zip(PACKAGES, (["torch"], ["ops"], ["jnp"])))


def test_a_reason_is_said_once_in_a_definition():
    rows = rows_of("sine", "gru", "gru_step")
    said = [why for why in reasons_below([row.known for row in rows]) if why]
    full = [why for why in said if not why.endswith(": as above.")]
    assert len(full) == len(set(full)) > 3


ONE, TWO = Reason("One differs.", "One"), Reason("Two differ, as said.")


@pytest.mark.parametrize(
    ("known", "below"),
    [
        ([(ONE,), (ONE,), ()], ["", "One differs.", ""]),
        ([(ONE,), (), (ONE,)], ["One differs.", "", "One: as above."]),
        ([(ONE, TWO), (ONE, TWO)], ["One differs.", "Two differ, as said."]),
        ([(ONE,), (TWO, ONE)], ["One differs.", "Two differ, as said."]),
        ([(TWO,), (), (TWO,)], ["Two differ, as said.", "", TWO.again]),
    ],
)
def test_a_reason_is_below_the_rows_that_share_it(known, below):
    assert reasons_below(known) == below
    assert TWO.again == "Two differ, as said. …: as above."


def test_a_reason_is_said_in_each_view_that_shows_its_row():
    known, views = [(ONE,)] * 3, [{"a"}, {"b"}, {"a", "b"}]
    assert reasons_below(known, views) == ["One differs."] * 3
    views = [{"a", "b"}, {"b"}, {"a"}]
    assert reasons_below(known, views)[1:] == ["One: as above."] * 2


def test_each_row_that_differs_has_a_reason_of_its_own():
    views = product(task_names(), CELLS)
    rows = {  # tasks of one model share them
        id(row): row
        for task, cell in views
        for row in view(get_task(task), cell, packages=SOURCES)
    }
    general = [
        (row.file, row.name, reason.why, list(found.units.values()))
        for row in rows.values()
        for found in align_row(row, SOURCES)
        for reason in found.known
        if reason == OTHERWISE or "needs this statement" in reason.why
    ]
    assert general == []


def test_a_reason_of_the_table_is_a_sentence():
    assert sentence("packing is slow") == "Packing is slow."
    assert sentence("nnx.scan takes `x`") == "nnx.scan takes x."

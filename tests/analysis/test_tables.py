"""Tables as they are printed, character by character."""

import csv
import io
import math
import sys

import pytest
from rich.console import Console
from rich.control import Control

from comparisons.analysis.tables import (
    csv_text,
    in_code,
    in_markdown,
    make_console,
    markdown_table,
    not_formula,
    number,
    terminal_table,
)


def printed(table, width):
    text = io.StringIO()
    Console(file=text, width=width, highlight=False).print(table)
    return [line.rstrip() for line in text.getvalue().splitlines()]


def test_words_fold_at_the_left_and_numbers_stay_whole_at_the_right():
    rows = [("one two three", "1", "22"), ("x", "-", "333")]
    table = terminal_table(("name", "a", "long b"), rows, "lr", "Title")
    assert printed(table, 24) == [
        "Title",
        "",
        " name        a  long b",
        " ──────────────────────",
        " one two     1      22",
        " three",
        " x           -     333",
        "",
    ]


def test_a_long_word_is_cut_and_its_end_is_below():
    rows = [("abcdefghijklmnopqrst", "1", "22")]
    table = terminal_table(("name", "a", "long b"), rows)
    assert table.title is None
    assert printed(table, 24)[3:5] == [
        " abcdefghij  1      22",
        " klmnopqrst",
    ]


def test_a_number_is_whole_even_in_a_narrow_terminal():
    table = terminal_table(("a", "b"), [("text of words", "1,234,567")])
    assert printed(table, 17)[3:6] == [
        " tex  1,234,567",
        " t",
        " of",
    ]


def test_the_last_alignment_is_that_of_all_further_columns():
    rows = [("1", "2", "3", "4")]
    table = terminal_table(("nn", "aa", "bb", "cc"), rows, "rrl")
    assert printed(table, 40)[3] == "  1   2  3   4"
    assert markdown_table(("n", "a|b", "c", "d"), rows, "rrl").splitlines() == [
        r"| n | a\|b | c | d |",
        "| ---: | ---: | --- | --- |",
        "| 1 | 2 | 3 | 4 |",
    ]
    assert markdown_table(("n", "a"), [("1", "2")]).splitlines()[1:] == [
        "| --- | ---: |",
        "| 1 | 2 |",
    ]
    assert markdown_table(("n",), [("x",)]) == "| n |\n| --- |\n| x |"


def test_output_that_is_no_terminal_is_wide_and_plain(monkeypatch):
    monkeypatch.setenv("COLUMNS", "60")
    text = io.StringIO()
    console = make_console(file=text)
    assert console.width == 80
    assert make_console(100, file=text).width == 100
    assert make_console(file=text, width=120).width == 120
    terminal = make_console(file=text, width=60, force_terminal=True)
    assert terminal.width == 60
    terminal.print("1 of 2")
    assert text.getvalue() == "1 of 2\n"


@pytest.mark.parametrize(
    ("value", "form", "text"),
    [
        (1234.5, ",.1f", "1,234.5"),
        (0, "d", "0"),
        (None, "d", "-"),
        (math.nan, ".2f", "-"),
    ],
)
def test_a_number_that_is_missing_is_a_dash(value, form, text):
    assert number(value, form) == text


def test_markup_of_a_terminal_is_shown_as_it_is():
    signs = "[red]x[/y] :smile:"
    table = terminal_table((signs, "a"), [(signs, "1")], title=signs)
    assert sum(signs in line for line in printed(table, 60)) == 3
    text = io.StringIO()
    make_console(file=text).print(signs)
    assert text.getvalue() == f"{signs}\n"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("<b>&lt;", "&lt;b>&amp;lt;"),
        ("a\nb\x1b[0m", r"a b \[0m"),
        ("*x* _y_ ~z~ `c`", r"\*x\* \_y\_ \~z\~ \`c\`"),
        ("[a](b) \\ $x$", r"\[a\](b) \\ \$x\$"),
        ("0.1 * best, ~ p < 0.01, a_b & c", "0.1 * best, ~ p < 0.01, a_b & c"),
    ],
)
def test_a_text_is_shown_as_it_is_in_markdown(text, shown):
    assert in_markdown(text) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a b", "`a b`"),
        ("a `b`", "`` a `b` ``"),
        ("``", "``` `` ```"),
        ("a\nb", "`a b`"),
    ],
)
def test_code_of_markdown_holds_any_sign(text, shown):
    assert in_code(text) == shown


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        *((c, f"'{c}") for c in ("=1+1", "@SUM(A1)", "-a", "+cmd|'x'!A0")),
        *((c, f"'{c}") for c in ("\t=1", "\r=1", "＝1", "-1+2")),
        *((c, c) for c in ("-1.5", "+2e3", "-inf", "-", "=", "a=1", "", "é")),
        *((c, c) for c in (-1, 0.5, None)),
    ],
)
def test_a_spreadsheet_finds_no_formula(cell, written):
    assert not_formula(cell) == written


def test_csv_is_read_back_as_it_was():
    rows = [["a", "b"], ['x,"y"\n', "\r"], ["=1+1", "-2"]]
    read = list(csv.reader(io.StringIO(csv_text(rows), newline="")))
    assert read == [*rows[:2], ["'=1+1", "-2"]]


def test_a_notebook_is_no_terminal(monkeypatch):
    monkeypatch.setitem(sys.modules, "ipykernel", sys)
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert not make_console().is_terminal
    monkeypatch.delitem(sys.modules, "ipykernel")
    assert make_console().is_terminal


def test_signs_that_steer_a_terminal_are_those_of_rich_alone():
    stream = io.StringIO()
    console = make_console(file=stream, force_terminal=True, width=20)
    console.print("a\x1b[2Jb", style="bold")
    console.control(Control.bell())
    text = stream.getvalue()
    assert "\x1b[2J" not in text
    assert text.startswith("\x1b[1ma")
    assert text.endswith("\x07")

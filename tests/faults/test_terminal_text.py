"""Foreign text on a terminal: shown as escapes, never obeyed."""

import io
import json

import pytest
from factories import records as made
from factories.specs import run_spec
from hypothesis import given
from hypothesis import strategies as st
from rich.text import Text

from comparisons.analysis.tables import Terminal, terminal_table
from comparisons.arguments import terminal
from comparisons.runs.progress import Bars, Lines
from shared.errors import unknown
from shared.printable import one_line, printable, shortened

WILD = "\x1b]0;title\x07\x1b[2J[red]b[/red]:smile:\u202e\x9b\x7f\udcff"
SHOWN = r"\x1b]0;title\x07\x1b[2J[red]b[/red]:smile:\u202e\x9b\x7f\udcff"


@given(st.text(st.characters()))
def test_what_is_shown_neither_steers_nor_hides(text):
    shown = printable(text)
    assert not {c for c in shown if ord(c) < 32} - {"\n", "\t"}
    assert not set(shown) & set(map(chr, range(0x7F, 0xA0)))
    assert not set(shown) & set("\u2028\u2029\u202a\u202e\u2066\u2069\u200f")
    shown.encode()
    assert printable(shown) == shown
    assert len(one_line(text).splitlines()) <= 1


@pytest.mark.parametrize(
    "text",
    ["plain", "Zürich 正面 नमस्ते", "a\n\tb", "\U0001f469\u200d\U0001f52c"],
)
def test_usual_text_is_left_as_it_is(text):
    assert printable(text) == text


def test_a_message_shows_signs_that_make_names_similar():
    assert one_line("'a\u200b' '\ufeffb'") == r"'a\u200b' '\ufeffb'"
    assert (
        one_line("\U0001f469\u200d\U0001f52c") == "\U0001f469\u200d\U0001f52c"
    )


def test_a_reader_that_leaves_is_no_exit_of_rich():
    class Left(io.StringIO):
        def write(self, text):
            raise BrokenPipeError

    with pytest.raises(BrokenPipeError):
        Terminal(file=Left()).print("text")


def test_a_long_text_keeps_its_ends():
    text = "begin" + "x" * 2000 + "end"
    found = shortened(text, 100)
    assert (len(found), found[:5], found[-3:]) == (100, "begin", "end")
    assert shortened(text[:100], 100) == text[:100]
    assert unknown("task", text, ["end"]).endswith(
        "choices: end (compare.py list)"
    )


def console(**options):
    output = io.StringIO()
    return output, Terminal(file=output, width=200, **options)


@pytest.mark.parametrize("colored", [False, True])
def test_a_console_shows_markup_and_escapes_as_text(colored):
    output, found = console(force_terminal=colored)
    found.print(WILD, highlight=False)
    assert output.getvalue() == SHOWN.replace(r"\x07", "") + "\n"


def test_a_cell_of_a_table_is_text():
    output, found = console()
    table = terminal_table(("name", SHOWN), [(WILD, "1")], "lr", "title")
    table.add_row(Text("[b]"), WILD)
    found.print(table)
    lines = output.getvalue().splitlines()
    assert sum(line.count(SHOWN) for line in lines) == 3
    assert "\x1b" not in output.getvalue()
    assert len({len(line) for line in lines[1:-1]}) == 1


@pytest.mark.parametrize("kind", [Lines, Bars])
def test_progress_shows_its_messages_as_text(kind):
    output, found = console()
    progress = kind(found)
    progress.say(f"3 classes: {WILD}")
    progress.begin(run_spec(task="sine", framework="jax", cell="gru"), 1, 2)
    failed = {**made.broken(), "error": f"{WILD}\nmore"}
    failed["error"] = failed["error"].replace("\udcff", "")
    progress.end(*made.typed([failed]))
    progress.close()
    assert "\x1b" not in output.getvalue()
    assert "3 classes: " in output.getvalue()
    assert r"[1/2] JAX GRU seed 0: failed: \x1b]0;" in output.getvalue()
    assert r"\nmore" in output.getvalue()


def test_lines_are_printed_as_text(capsys):
    terminal.complain(f"{WILD}\n")
    terminal.note(f"{WILD}\n{WILD}")
    terminal.say(WILD)
    done = capsys.readouterr()
    assert done.err == rf"compare.py: {SHOWN}\n" + f"\n{SHOWN}\n{SHOWN}\n"
    assert done.out == f"{SHOWN}\n"


def test_json_is_read_as_it_was(capsys):
    terminal.say_json({"a": "\x1b\x9b\u202eé"})
    line = capsys.readouterr().out
    assert line == '{"a": "\\u001b\\u009b\\u202eé"}\n'
    assert json.loads(line) == {"a": "\x1b\x9b\u202eé"}


def test_an_output_of_few_characters_shows_others_in_their_place(monkeypatch):
    sent = {"stdout": io.BytesIO(), "stderr": io.BytesIO()}
    for name, stream in sent.items():
        text = io.TextIOWrapper(stream, "ascii", write_through=True)
        monkeypatch.setattr(terminal.sys, name, text)
    terminal.open_streams()
    terminal.say("Zürich")
    terminal.complain("Zürich")
    Terminal().print("Zürich")
    assert sent["stdout"].getvalue() == b"Z?rich\nZ?rich\n"
    assert sent["stderr"].getvalue() == rb"compare.py: Z\xfcrich" + b"\n"

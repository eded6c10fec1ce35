"""`compare.py code` in a terminal: columns or stacked, whole, colored."""

import io

import pytest
from rich.console import Console
from rich.text import Text

from comparisons.commands import code
from comparisons.reader.source import PACKAGES, read_packages
from comparisons.reader.terminal import WIDE, folded, lines_of
from comparisons.reader.view import view
from comparisons.records.environment import ROOT
from shared.errors import UserError
from shared.tasks import get_task, task_names


def printed(width, *arguments):
    """What the command prints in a terminal of this width."""
    output = io.StringIO()
    console = Console(file=output, width=width, highlight=False)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(code, "make_console", lambda **options: console)
        assert code.main(list(arguments)) == 0
    return output.getvalue()


@pytest.mark.parametrize("width", [40, 80, WIDE - 1, WIDE, 240])
def test_no_line_is_wider_than_the_terminal(width):
    lines = printed(width, "--task", "sine").splitlines()
    assert max(map(len, lines)) <= width
    side_by_side = [
        line for line in lines if line.count("_impl/losses.py:") == 3
    ]
    assert bool(side_by_side) == (width >= WIDE)
    text = " ".join(" ".join(lines).split())
    asks = f"side by side from a width of {WIDE} columns on"
    assert (asks in text) == (width < WIDE)


def test_no_line_of_any_task_is_wider_than_the_panes():
    """Of each task what no task before it shows."""
    packages, seen = read_packages(), set()
    for task in map(get_task, task_names()):
        cell = task.model.cell
        rows = view(task, cell, packages=packages)
        new = [row for row in rows if repr(row.lines) not in seen]
        seen.update(repr(row.lines) for row in new)
        lines = lines_of(new, cell, packages, WIDE)
        assert max(map(len, lines), default=0) <= WIDE
    assert len(seen) > 100


def test_each_line_is_printed_with_its_number():
    text = printed(90, "--task", "sine", "--cell", "gru", "--part", "cell")
    rows = view(get_task("sine"), "gru", ["cell"])
    for line in (
        n for row in rows for found in row.lines.values() for n in found
    ):
        if line.text.strip():
            assert f"{line.number:>4} {line.text}".rstrip() + "\n" in text


def test_equal_statements_are_on_one_line_and_reasons_below():
    text = printed(WIDE, "--task", "sine", "--cell", "lstm", "--part", "cell")
    lines = text.splitlines()
    assert [n.count("c = f * c + i * g") for n in lines if "c = f" in n] == [3]
    place, _ = [n for n, line in enumerate(lines) if ".chunk(" in line]
    assert "ops.split(" in lines[place]
    assert "→ PyTorch has chunk" in "".join(lines[place : place + 4])


def test_marks_are_said_only_where_a_terminal_shows_them():
    output = io.StringIO()
    for terminal in (False, True):
        console = Console(file=output, width=90, force_terminal=terminal)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(code, "make_console", lambda **options: console)  # noqa: B023
            code.main(["--task", "sine", "--part", "loss"])
        assert ("Underlined" in output.getvalue()) == terminal


@pytest.mark.parametrize("width", [30, 50, 79])
def test_a_folded_line_loses_nothing(width):
    for package in PACKAGES:
        for line in (ROOT / package / "training.py").read_text().splitlines():
            rows = folded(Text(line), width)
            assert all(len(row) <= width for row in rows)
            text = "".join(row.plain for row in rows)
            assert without_spaces(text) == without_spaces(line)


def without_spaces(text):
    return "".join(text.split())


@pytest.mark.parametrize(
    ("arguments", "texts"),
    [
        (["--task", "sin"], ["'sin'", "'sine'", "sentiment, seqmnist, sine"]),
        (["--task", "sine", "--cell", "lstn"], ["'lstn'", "'lstm'", "gru"]),
        (["--task", "sine", "--part", "los"], ["'los'", "'loss'", "weights"]),
        (["--task", "sine", "--parts", "loss"], ["'--parts'", "'--part'"]),
        (
            ["--part", "loss"],
            ["--task is missing", "sentiment, seqmnist, sine"],
        ),
    ],
)
def test_an_error_names_the_value_and_the_nearest_choice(arguments, texts):
    with pytest.raises(UserError) as error:
        code.main(arguments)
    for text in texts:
        assert text in str(error.value)

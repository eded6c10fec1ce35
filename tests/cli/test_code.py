"""`compare.py code` in a terminal: columns or stacked, whole, colored."""

import io

import pytest
from rich.console import Console
from rich.text import Text

from comparisons.commands import code
from comparisons.reader.source import PACKAGES
from comparisons.reader.terminal import WIDE, folded
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
@pytest.mark.parametrize("task", task_names())
def test_no_line_is_wider_than_the_terminal(task, width):
    lines = printed(width, "--task", task).splitlines()
    assert max(map(len, lines)) <= width
    side_by_side = [
        line for line in lines if line.count("_impl/losses.py:") == 3
    ]
    assert bool(side_by_side) == (width >= WIDE)


def test_each_line_is_printed_with_its_number_and_a_bar_if_it_differs():
    text = printed(90, "--task", "sine", "--cell", "gru", "--part", "cell")
    rows = view(get_task("sine"), "gru", ["cell"])
    for line in (
        n for row in rows for found in row.lines.values() for n in found
    ):
        bar = " " if line.same else "│"
        assert f"{line.number:>4}{bar}{line.text}".rstrip() + "\n" in text


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

"""The results table in the terminal: its lines, and where it is cut."""

import io

import pytest
from factories import records as made
from rich.console import Console

from comparisons.analysis.results import (
    parts_of,
    print_results,
    style_of,
    texts,
)


@pytest.fixture
def ranked():
    """LSTM and GRU tie, the RNN is worse and its steps are fast."""
    scores = {
        "rnn": (0.2, 0.212, 0.22),
        "gru": (0.112, 0.1, 0.121),
        "lstm": (0.1, 0.11, 0.12),
    }
    runs = [
        made.run("pytorch", cell, seed, value, 10.0 if cell == "rnn" else 20.0)
        for cell, values in scores.items()
        for seed, value in enumerate(values)
    ]
    return made.summarized([*runs, *map(made.baselines, range(3))])


def test_a_table_is_cut_where_its_columns_no_longer_fit(ranked):
    """The whole is 121 columns wide, and the part on speed 74."""
    shown = texts(ranked)
    names, first = list(shown), list(shown)[:2]
    assert [len(parts_of(shown, width)) for width in (121, 120)] == [1, 2]
    whole, speed = parts_of(shown, 74)
    assert (whole, speed) == (names[:6], [*first, *names[6:]])
    assert parts_of(shown, 73)[1:] == [
        [*first, *names[6:-1]],
        [*first, names[-1]],
    ]
    assert parts_of(shown, 5) == [[*first, name] for name in names[2:]]


def test_the_terminal_has_units_below_and_numbers_at_the_right(ranked):
    text = io.StringIO()
    print_results(ranked, Console(file=text, width=74))
    lines = [line.strip() for line in text.getvalue().splitlines()]
    assert lines[:8] == [
        "",
        "best",
        "framework  cell  hidden  parameters             RMSE  baseline",
        63 * "─",
        "PyTorch    RNN       32       1,121    0.211 ± 0.010     0.110",
        "PyTorch    GRU       32       1,121  0.111 ± 0.011 ~     0.110",
        "PyTorch    LSTM      32       1,121  0.110 ± 0.010 *     0.110",
        "",
    ]
    assert [" ".join(line.split()) for line in lines[9:13]] == [
        "train ms/step compile latency ms peak",
        "framework cell s (IQR) seqs/s s (B=1) MB",
        72 * "─",
        "PyTorch RNN 0.30 10.00 (0.00) 6,400 0.30 2.00 302",
    ]


def test_the_best_and_failures_have_colors_on_a_terminal_alone(monkeypatch):
    summary = made.summarized([made.run(), made.broken("failed", "jax")])

    def printed(**options):
        text = io.StringIO()
        print_results(summary, Console(file=text, width=200, **options))
        return text.getvalue()

    monkeypatch.delenv("NO_COLOR", raising=False)
    terminal = {"force_terminal": True, "color_system": "standard"}
    shown = printed(**terminal)
    assert "\x1b[1;32m" in shown
    assert "\x1b[31m" in shown
    assert "\x1b" not in printed()
    assert "\x1b[31m" not in printed(**terminal, no_color=True)


@pytest.mark.parametrize(
    ("status", "mark", "style"),
    [
        ("ok", "*", "bold green"),
        ("ok", "~", ""),
        ("failed", "*", "red"),
        ("diverged", "", "red"),
    ],
)
def test_the_style_of_a_row_is_that_of_its_outcome(status, mark, style):
    assert style_of(status, mark) == style

"""Tables and texts of the records that only the course shows."""

from __future__ import annotations

import csv
import re

import pytest

from comparisons.records.environment import ROOT
from comparisons.site.course.base import summary
from comparisons.site.course.claims import CLAIMS
from comparisons.site.course.effect_values import effect_against
from comparisons.site.course.exhibits import shown
from comparisons.site.course.tasks import LINK, VERDICTS, two_cells
from comparisons.site.course.values import KINDS
from comparisons.site.overview import TASKS, tasks
from shared.errors import UserError
from shared.exhibits.kinds import Samples, TextTable

TABLE = TextTable("t", "A title", "About it.", ("a", "b"), ((1, "x"), (2, "y")))
TEXTS = Samples("s", "Texts", "", (("GRU 0.2", "1\n2\n3"), ("LSTM", "4")))


def rows_of(table):
    """The cells of each row of a Markdown table, without its heads."""
    lines = [line for line in table.splitlines() if line.startswith("|")]
    return [[c.strip() for c in line.strip("|").split("|")] for line in lines][
        2:
    ]


def value(kind, folder, *words):
    return KINDS[kind](summary(folder), *words)


def test_a_table_shows_the_rows_of_its_options():
    assert rows_of(shown(TABLE)) == [["1", "x"], ["2", "y"]]
    assert rows_of(shown(TABLE, rows=1)) == [["1", "x"]]
    assert rows_of(shown(TABLE, "y")) == [["2", "y"]]
    assert shown(TABLE).startswith("*A title.* About it.")


def test_texts_are_chosen_by_their_caption_and_cut():
    assert "GRU 0.2" in shown(TEXTS, "GRU")
    assert "LSTM" not in shown(TEXTS, "GRU")
    assert "1\n2\n…\n" in shown(TEXTS, "GRU", lines=2)
    assert "1\n2\n3\n" in shown(TEXTS, "GRU", lines=3)


@pytest.mark.parametrize("exhibit", [TABLE, TEXTS])
def test_nothing_to_show_is_an_error(exhibit):
    with pytest.raises(UserError, match="has nothing with 'z'"):
        shown(exhibit, "z")


def test_the_tasks_have_no_links_to_other_pages():
    table = tasks(ROOT, "docs")
    assert len(LINK.findall(table)) == len(TASKS)
    assert "](" not in LINK.sub(r"\1", table)


def test_two_cells_have_a_row_for_each_task_and_the_result_of_its_page():
    rows = {row[0]: row for row in rows_of(two_cells("lstm", "rnn"))}
    assert set(rows) == set(TASKS)
    assert rows["sine"][5] == "settled"
    scores = [value("score", "docs/sine", cell) for cell in ("lstm", "rnn")]
    assert rows["sine"][2:4] == scores
    assert re.match(r"0\.010\d+ better \(0\.005\d+ to ", rows["sine"][4])
    assert rows["adding"][5] == "one seed, not tested"
    assert {row[5] for row in rows.values()} <= {
        *VERDICTS.values(),
        "one seed, not tested",
    }


def test_time_and_memory_are_those_of_the_table():
    with (ROOT / "docs/sine/results.csv").open(encoding="utf-8") as file:
        rows = {(r["framework"], r["cell"]): r for r in csv.DictReader(file)}
    row = rows["keras", "gru"]
    memory = value("memory", "docs/sine", "keras", "gru")
    assert memory == f"{float(row['peak_memory_mb']):,.0f} MB"
    seconds = value("training-time", "docs/sine", "keras", "gru")
    assert seconds == f"{float(row['train_seconds']):.3g} s"
    with pytest.raises(UserError, match="no run of keras mgu"):
        value("memory", "docs/sine", "keras", "mgu")


def test_two_folders_are_compared_in_the_frameworks_that_both_have():
    # One is of three frameworks, the other of PyTorch alone.
    on, off = "docs/charlm-90-10", "docs/charlm-off"
    one = effect_against(summary(on), off, "gru")
    assert f"{one.first_score:.3f}" == value("score-in", on, "pytorch", "gru")
    assert f"{one.second_score:.3f}" == value("score-in", off, "pytorch", "gru")
    assert re.match(r"0\.0\d+ less ", value("against", on, off, "gru"))
    assert CLAIMS["better-against"](summary(on), off, "gru")
    assert not CLAIMS["better-against"](summary(off), on, "gru")

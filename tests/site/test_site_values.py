"""Figures within the sentences of the course are those of the records."""

from __future__ import annotations

import csv
import re

import pytest

from comparisons.records.environment import ROOT
from comparisons.site.course.base import summary
from comparisons.site.course.claims import CLAIMS
from comparisons.site.course.markup import block, code, dropdown, tabs
from comparisons.site.course.page.docstrings import rewritten
from comparisons.site.course.records import shortened
from comparisons.site.course.runs import seconds_of, spoken
from comparisons.site.course.values import KINDS
from shared.errors import UserError
from shared.exhibits.names import score_text


def value(kind, folder, *words):
    return KINDS[kind](summary(folder), *words)


@pytest.fixture(scope="module")
def rows():
    with (ROOT / "docs/sine/results.csv").open(encoding="utf-8") as file:
        return {(r["framework"], r["cell"]): r for r in csv.DictReader(file)}


def test_scores_parameters_and_times_are_those_of_the_table(rows):
    found = [
        float(r["metric_mean"]) for (_, c), r in rows.items() if c == "gru"
    ]
    wanted = score_text("rmse", sum(found) / len(found))
    assert value("score", "docs/sine", "gru") == wanted
    row = rows["pytorch", "lstm"]
    counted = f"{float(row['parameters']):,.0f}"
    assert value("parameters", "docs/sine", "lstm") == counted
    step = value("step", "docs/sine", "pytorch", "lstm")
    assert step == f"{float(row['step_ms_median']):.3g} ms"
    baseline = value("baseline", "docs/sine")
    assert baseline == score_text("rmse", float(row["best_baseline"]))
    assert value("seeds", "docs/sine") == row["seeds"]


def test_another_score_of_the_runs_and_another_baseline_have_names():
    mae = float(value("score", "docs/sine", "lstm", "mae"))
    assert mae < float(value("score", "docs/sine", "lstm"))
    last = float(value("baseline", "docs/sine", "last-value"))
    assert last > float(value("baseline", "docs/sine"))
    with pytest.raises(UserError, match="unknown baseline 'first'"):
        value("baseline", "docs/sine", "first")


def test_a_difference_has_its_direction_and_its_interval():
    less = value("compared", "docs/sine", "lstm", "rnn")
    more = value("compared", "docs/sine", "rnn", "lstm")
    assert re.fullmatch(
        r"0\.0\d+ less \(95 % CI 0\.00\d+ to 0\.01\d+; 5 seeds × .+\)", less
    )
    assert more == less.replace(" less ", " more ")
    against = value("compared", "docs/sine", "lstm", "baseline")
    assert " less (95 % CI" in against


def test_one_seed_has_no_interval():
    text = value("compared", "docs/adding", "gru", "rnn")
    assert text.endswith("(1 seed, no interval)")
    assert value("sentence", "docs/adding", "gru", "rnn").endswith(
        "(1 seed, no interval)"
    )


def test_two_folders_are_compared_by_the_seeds_that_they_share():
    on, off = (f"docs/sst2-directions/bidirectional={v}" for v in ("on", "off"))
    one = value("against", on, off, "gru")
    assert re.match(r"\d+\.\d points (more|less) \(95 % CI ", one)
    with pytest.raises(UserError, match="is compared by rmse"):
        value("against", on, "docs/sine", "gru")


def test_a_claim_on_two_folders_holds_in_one_direction():
    on, off = (
        f"docs/tagging-directions/bidirectional={v}" for v in ("on", "off")
    )
    assert CLAIMS["settled-against"](summary(on), off, "gru")
    assert not CLAIMS["settled-against"](summary(off), on, "gru")
    assert not CLAIMS["unsettled-against"](summary(on), off, "gru")


def test_a_score_is_that_of_one_framework():
    folder = "docs/echo-sweep/lag=20,init=native"
    keras, jax = (
        value("score-in", folder, f, "lstm") for f in ("keras", "jax")
    )
    assert float(keras.split()[0]) > 2 * float(jax.split()[0])
    with pytest.raises(UserError, match="no run of torch lstm is recorded"):
        value("score-in", folder, "torch", "lstm")


def test_a_recorded_command_is_without_what_changes_no_result():
    words = "--out docs/x --timeout 1800 --fresh --quiet --seeds 3"
    assert shortened(f"compare.py {words}") == "compare.py --seeds 3"


def test_ratios_of_steps_are_reciprocal():
    slow = float(value("step-ratio", "docs/names", "jax", "lstm", "rnn")[:3])
    fast = value("step-ratio", "docs/names", "jax", "rnn", "lstm")
    assert slow * float(fast.split()[0]) == pytest.approx(1, abs=0.03)
    assert "3 rounds" in fast
    one = value("step-ratio", "docs/adding", "jax", "lstm", "rnn")
    assert one.endswith("(one round, no interval)")


def test_parameters_of_two_cells_have_a_ratio():
    ratio = float(value("parameters", "docs/names", "lstm", "gru"))
    assert 1.2 < ratio < 4 / 3


@pytest.mark.parametrize(
    ("claim", "first", "second", "holds"),
    [
        ("settled", "lstm", "rnn", True),
        ("settled", "rnn", "lstm", False),
        ("settled", "lstm", "gru", False),
        ("unsettled", "lstm", "gru", True),
        ("unsettled", "lstm", "rnn", False),
        ("better", "lstm", "gru", True),
        ("better", "gru", "lstm", False),
        ("better", "baseline", "rnn", False),
        ("settled", "rnn", "baseline", True),
    ],
)
def test_a_claim_holds_where_the_records_support_it(
    claim, first, second, holds
):
    assert CLAIMS[claim](summary("docs/sine"), first, second) is holds


def test_the_minutes_of_a_command_are_those_of_its_rows_and_seeds():
    found = summary("docs/sine")
    whole = seconds_of("compare.py --task sine --seeds 5", found)
    assert whole == pytest.approx(sum(run.seconds for run in found.finished))
    part = seconds_of(
        "compare.py --task sine --seeds 1 --cells rnn --frameworks jax", found
    )
    known = [r.seconds for r in found.finished if r.row == ("jax", "rnn")]
    assert part == pytest.approx(sum(known) / 5)


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (3, "10 seconds"),
        (44, "40 seconds"),
        (125, "2 minutes"),
        (5400, "1.5 hours"),
    ],
)
def test_times_are_rounded(seconds, text):
    assert spoken(seconds) == text


def test_a_fence_is_longer_than_those_in_it():
    inner = block("note", "text")
    outer = dropdown("title", inner)
    assert outer.startswith("::::{dropdown} title\n")
    assert outer.endswith("\n::::")
    assert code("a\n```\nb").startswith("````python\n")
    written = tabs({"jax": code("x = 1"), "keras": outer})
    assert written.startswith("::::::{tab-set} \n:sync-group: framework\n")
    assert ":sync: keras" in written


def test_a_docstring_is_a_list_of_names_and_no_markup():
    lines = [
        "Train *anew*, as x_ says.",
        "",
        "task: a name of `tasks()`;",
        "frameworks, cells: one name",
        "or several.",
        "",
        ">>> f(*x)",
        "a_",
        "",
        "End.",
    ]
    assert rewritten(lines) == [
        r"Train \*anew\*, as x\_ says.",
        "",
        "- ``task``: a name of ``tasks()``;",
        "- ``frameworks, cells``: one name",
        "  or several.",
        "",
        ">>> f(*x)",
        "a_",
        "",
        "End.",
    ]

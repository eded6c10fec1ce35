"""What chapters show of a study of regularization and of benchmarks."""

from __future__ import annotations

import csv
import json
import math
from statistics import median
from types import SimpleNamespace

import pytest

from comparisons.records.environment import ROOT
from comparisons.site.course.base import summary
from comparisons.site.course.computed import clipping, techniques, timings
from comparisons.site.course.figures import INK, draw
from comparisons.site.course.values import KINDS
from comparisons.site.pages import KINDS as TABLES
from comparisons.site.speed import timings as tables
from shared.errors import UserError
from shared.exhibits.names import score_text
from shared.specs import ATTENTIONS

STUDY = "docs/adding-regularization"
BENCH = "docs/bench-attention.jsonl"
BY_HAND = "docs/bench-bptt.jsonl"


@pytest.fixture(scope="module")
def rows():
    """Cell and setting -> the row of the study's own table."""
    path = ROOT / STUDY / "regularization.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return {(r["cell"], r["setting"]): r for r in csv.DictReader(file)}


def cells_of(table):
    lines = table.splitlines()[2:]
    return [[c.strip() for c in line.strip("|").split("|")] for line in lines]


def test_a_technique_has_the_figures_of_the_study(rows):
    row = rows["rnn", "clip norm 0.25"]
    score = techniques.technique(STUDY, "rnn", "clip-norm", "score")
    assert score == score_text("mse", float(row["test"]))
    assert techniques.technique(STUDY, "rnn", "none", "diverged") == "10 of 10"
    norm = "rnn", "clip-norm"
    assert techniques.technique(STUDY, *norm, "diverged") == "0 of 10"
    assert techniques.technique(STUDY, *norm, "strength") == "0.25"
    assert techniques.technique(STUDY, "rnn", "none", "largest") == "∞"
    assert techniques.setting(STUDY, "learning_rate") == "0.1"
    assert techniques.setting(STUDY, "seeds") == "10"
    assert techniques.setting(STUDY, "steps") == "50"


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("docs/x", "rnn", "none", "score"), "'docs/x' has no runs.jsonl"),
        ((STUDY, "mgu", "none", "score"), "unknown cell 'mgu'"),
        ((STUDY, "rnn", "clip-nrm", "score"), "did you mean 'clip-norm'"),
        ((STUDY, "rnn", "none", "scor"), "did you mean 'score'"),
    ],
)
def test_an_unknown_figure_of_a_study_is_refused(words, message):
    with pytest.raises(UserError, match=message):
        techniques.technique(*words)
    with pytest.raises(UserError, match="did you mean 'momentum'"):
        techniques.setting(STUDY, "momentun")


def test_leaving_a_technique_out_costs_its_effect_or_the_runs():
    all_runs = techniques.cost(STUDY, "rnn", "clip-norm")
    assert all_runs == "10 of 10 runs diverge, with it 0 of 10"
    # The study says by how much clipping is better: without it, worse.
    effect = techniques.recorded_study(STUDY).row("lstm", "clip-norm").effect
    assert effect.difference > 0
    text = techniques.cost(STUDY, "lstm", "clip-norm")
    assert text.startswith(f"{effect.in_unit(effect.difference)} more (95 % CI")
    assert "10 seeds × 1,000 test sequences" in text
    harmful = techniques.recorded_study(STUDY).row("lstm", "early-stopping")
    assert harmful.effect.difference < 0
    assert " less (" in techniques.cost(STUDY, "lstm", "early-stopping")


def test_claims_of_a_study_can_fail():
    assert techniques.diverges(STUDY, "rnn", "none", "all")
    assert not techniques.diverges(STUDY, "rnn", "none", "no")
    assert techniques.diverges(STUDY, "gru", "none", "no")
    assert not techniques.diverges(STUDY, "gru", "layer-norm", "all")
    assert not techniques.diverges(STUDY, "gru", "layer-norm", "no")
    assert techniques.unsettled(STUDY, "gru", "clip-norm")
    assert not techniques.unsettled(STUDY, "rnn", "clip-norm")  # no pair


def test_the_table_of_clipping_has_a_row_for_each_kind():
    table = cells_of(clipping.clipping_table(STUDY, "rnn", "lstm"))
    kinds = ["none", "clip norm 0.25", "clip value 0.1"]
    assert [row[:2] for row in table[:3]] == [["RNN", kind] for kind in kinds]
    assert [row[2] for row in table[:3]] == ["10 of 10", "0 of 10", "0 of 10"]
    assert [row[4] == "" for row in table] == [True, *5 * [False]]
    assert {row[0] for row in table[3:]} == {"LSTM"}


def test_a_line_of_the_figure_ends_where_a_norm_is_not_finite():
    assert clipping.finite([[1.0, 3.0], [2.0, 1.0]]) == [3.0, 2.0]
    for value in (None, math.inf):
        assert clipping.finite([[1.0, 3.0], [value, 1.0], [1.0]]) == [3.0]
    found = techniques.recorded_study(STUDY)
    with_it = list(clipping.norms_by_seed(found, "rnn", "clip-norm"))
    without = list(clipping.norms_by_seed(found, "rnn", "none"))
    assert len(with_it) == len(without) == 10
    assert {len(norms) for norms in with_it} == {5}
    assert min(len(norms) for norms in without) == 1
    assert max(map(max, without)) > 100 * max(map(max, with_it))


def test_the_figure_has_a_panel_for_each_cell_and_a_line_for_each_seed():
    figure = clipping.clipping_figure(STUDY, "rnn", "lstm")
    assert [axis.get_title() for axis in figure.axes] == ["RNN", "LSTM"]
    assert [len(axis.lines) for axis in figure.axes] == [20, 20]
    assert {axis.get_yscale() for axis in figure.axes} == {"log"}


def test_the_cost_of_attention_is_the_ratio_of_its_medians():
    first = json.loads((ROOT / BENCH).read_text("utf-8").splitlines()[0])
    steps = {k: 1e3 * median(v) for k, v in first["steps"].items()}
    row = cells_of(tables.attention(ROOT, BENCH))[0]
    ratio = steps["bahdanau"] / steps["none"]
    assert row[:3] == ["PyTorch", "GRU", f"{steps['none']:.1f}"]
    assert row[3] == f"{steps['bahdanau']:.1f} ({ratio:.2f})"
    seconds = {k: 1e3 * median(v) for k, v in first["searches"].items()}
    row = cells_of(tables.searches(ROOT, BENCH))[0]
    ratio = seconds["beam"] / seconds["greedy"]
    assert row[3] == f"{seconds['beam']:.1f} ({ratio:.2f})"
    assert "| beam of 5, ms |" in tables.searches(ROOT, BENCH)


def test_a_step_is_slower_by_more_than_a_factor_or_the_claim_fails():
    row = BENCH, "pytorch", "lstm"
    assert timings.slower(*row, "bahdanau", "none", "1.2")
    assert not timings.slower(*row, "bahdanau", "none", "2")
    assert not timings.slower(*row, "none", "bahdanau", "1")
    assert timings.slower(*row, "beam", "greedy", "3")
    with pytest.raises(UserError, match="unknown kind 'badanau'"):
        timings.slower(*row, "badanau", "none", "1")
    with pytest.raises(UserError, match="no times of pytorch rnn"):
        timings.slower(BENCH, "pytorch", "rnn", "beam", "greedy", "1")
    with pytest.raises(UserError, match="'docs/x' does not exist"):
        timings.slower("docs/x", "pytorch", "rnn", "beam", "greedy", "1")


def test_ratios_of_gradients_by_hand_are_those_of_the_rounds():
    first = json.loads((ROOT / BY_HAND).read_text("utf-8").splitlines()[0])
    hand, native = (first["times"][path] for path in ("bptt", "native"))
    ratio = median(a / b for a, b in zip(hand, native, strict=True))
    table = cells_of(tables.by_hand(ROOT, BY_HAND))
    assert len(table) == 18
    assert table[0][:3] == ["PyTorch", "RNN", "1"]
    assert table[0][3].startswith(f"{ratio:.2f} (")


def test_a_claim_on_gradients_by_hand_holds_for_all_threads_and_sizes():
    row = BY_HAND, "pytorch"
    assert timings.by_hand(*row, "gru", "512", "faster")
    assert not timings.by_hand(*row, "gru", "256,512", "faster")
    assert not timings.by_hand(*row, "gru", "256", "slower")
    assert timings.by_hand(*row, "lstm", "128", "slower")
    assert not timings.by_hand(*row, "lstm", "128,512", "slower")
    assert not timings.by_hand(*row, "lstm", "128", "not-slower")
    with pytest.raises(UserError, match="did you mean 'faster'"):
        timings.by_hand(*row, "gru", "256", "fastr")
    with pytest.raises(UserError, match="not every H of pytorch gru"):
        timings.by_hand(*row, "gru", "64", "faster")


def test_kinds_of_lengths_are_compared_with_no_lengths():
    assert tables.compared([[0.1, 0.3, 0.2], [], [0.3]]) == [
        "200.0",
        "",
        "300.0 (1.50)",
    ]
    assert set(tables.TIMINGS) <= set(TABLES)


def test_the_share_of_padding_is_that_of_the_records():
    runs = summary("docs/sst2").finished
    mean = 100 * sum(run.padding for run in runs) / len(runs)
    assert KINDS["padding"](summary("docs/sst2")) == f"{mean:.0f} %"
    assert KINDS["padding"](summary("docs/charlm")) == "0 %"
    none = SimpleNamespace(finished=[], task=SimpleNamespace(name="sine"))
    with pytest.raises(UserError, match="no padding of sine is recorded"):
        KINDS["padding"](none)


def test_padding_that_counts_as_right_raises_an_accuracy():
    found = summary("docs/tagging")
    runs = [run for run in found.finished if run.cell == "gru"]
    wrong = 1 - sum(run.scores["accuracy"] for run in runs) / len(runs)
    real = 1 - sum(run.padding for run in found.finished) / len(found.finished)
    shown = KINDS["score-with-padding"](found, "gru")
    assert shown == f"{100 * (1 - real * wrong):.1f} %"
    with pytest.raises(UserError, match="sine is not scored by accuracy"):
        KINDS["score-with-padding"](summary("docs/sine"), "gru")


def test_a_figure_for_dark_pages_differs_in_the_ink_alone(tmp_path):
    drawn = draw(ROOT / "docs/sine", "learning-curves", "", tmp_path)
    light, dark = (p.read_text("utf-8") for p in (drawn.light, drawn.dark))
    assert light.count(INK["light"]) >= 10
    assert dark == light.replace(INK["light"], INK["dark"])
    assert INK["light"] not in dark


def test_every_attention_has_a_column():
    assert tuple(tables.KINDS) == ATTENTIONS


def test_a_settled_effect_is_not_unsettled(monkeypatch):
    row = SimpleNamespace(effect=SimpleNamespace(settled=True))
    study = SimpleNamespace(row=lambda *_: row)
    monkeypatch.setattr(techniques, "recorded_study", lambda _: study)
    assert not techniques.unsettled(STUDY, "gru", "clip-norm")
    row.effect.settled = False
    assert techniques.unsettled(STUDY, "gru", "clip-norm")

"""The atlas: ranks over tasks, wins of pairs, a decision for each task."""

from __future__ import annotations

import math
from statistics import geometric_mean, median

import pandas as pd
import pytest
from factories.records import record, run, stored

from comparisons.analysis.loading import read_summary
from comparisons.arguments.command_line import parse
from comparisons.atlas import page, plan
from comparisons.atlas.ranks import (
    critical_difference,
    friedman_p,
    is_testable,
    nemenyi,
    ranks_of,
)
from comparisons.atlas.results import (
    effects_of,
    read_atlas,
    read_entry,
    table,
)
from comparisons.atlas.verdicts import decision, gated_wins, wins_of
from comparisons.commands import atlas, tune
from comparisons.records.environment import ROOT, cpu_count
from comparisons.tuning.plan import make_tune_plan
from shared.errors import UserError
from shared.tasks import task_names

SCORES = {
    "sine": ("rmse", {"rnn": 0.20, "gru": 0.10, "lstm": 0.1008}),
    "names": ("accuracy", {"rnn": 0.70, "gru": 0.80, "lstm": 0.90}),
    "echo": ("accuracy", {"rnn": 0.50, "gru": 0.60, "lstm": 0.6008}),
}
NOISE = {"rnn": (-1, 0, 1), "gru": (1, -1, 0), "lstm": (0, 1, -1)}
"""In thousandths, by seed."""

MODEL = {"hidden_size": 32, "num_layers": 1, "dropout": 0.0}


def runs_of(task, size=32, learning_rate=0.01, seeds=3, shift=0.0):
    metric, means = SCORES[task]
    sizes = {"rnn": 1, "gru": 3, "lstm": 4}
    return [
        run(
            "jax",
            cell,
            seed,
            task=task,
            metric=metric,
            key=f"{task} {cell} {seed} {size}",
            scores={metric: value + shift + NOISE[cell][seed] / 1000},
            parameters=100 * sizes[cell],
            model_spec={**MODEL, "hidden_size": size},
            train_spec={"batch_size": 64, "learning_rate": learning_rate},
        )
        for cell, value in means.items()
        for seed in range(seeds)
    ]


@pytest.fixture
def folder(tmp_path):
    """A folder for each task, and one of something else."""
    for task in SCORES:
        stored(tmp_path / task, runs_of(task))
    (tmp_path / "notes").mkdir()
    return tmp_path


@pytest.fixture
def entries(folder):
    return read_atlas(folder)


def test_a_rank_follows_the_direction_of_the_metric(entries):
    ranks = ranks_of(table(entries))
    assert ranks.loc["sine"].to_dict() == {"rnn": 3, "gru": 1, "lstm": 2}
    assert ranks.loc["names"].to_dict() == {"rnn": 3, "gru": 2, "lstm": 1}
    assert ranks.mean().round(3).to_dict() == {
        "rnn": 3.0,
        "gru": 1.667,
        "lstm": 1.333,
    }


def test_a_task_without_every_cell_has_no_rank(folder):
    some = [r for r in runs_of("sine") if r["cell"] != "gru"]
    stored(folder / "sine", some)
    lines = table(read_atlas(folder))
    assert set(lines.loc[lines["task"] == "sine", "cell"]) == {"rnn", "lstm"}
    assert list(ranks_of(lines).index) == ["echo", "names"]


def test_the_critical_difference_is_that_of_the_published_table():
    """Demšar (2006), table 5: q is 2.343 for three cells, 2.569 for four."""
    three = pd.DataFrame([[1, 2, 3]] * 10)
    assert critical_difference(three) == pytest.approx(
        2.343 * math.sqrt(12 / 60), rel=1e-3
    )
    four = pd.DataFrame([[1, 2, 3, 4]] * 14)
    assert critical_difference(four) == pytest.approx(
        2.569 * math.sqrt(20 / 84), rel=1e-3
    )


def test_equal_orders_are_significant_and_few_tasks_are_not_tested():
    """Of ten equal orders Friedman's statistic is 20, with two degrees."""
    same = pd.DataFrame([[1, 2, 3]] * 10, columns=["rnn", "gru", "lstm"])
    assert friedman_p(same) == pytest.approx(math.exp(-10))
    p = nemenyi(same)
    assert p.loc["rnn", "lstm"] < 1e-3 < 0.05 < p.loc["rnn", "gru"]
    assert not is_testable(same.head(2))
    assert math.isnan(friedman_p(same.head(2)))


def test_a_win_is_a_significant_difference(entries):
    effects = effects_of(entries)
    wins = wins_of("gru", "rnn", effects)
    assert (wins.better, wins.worse) == (["echo", "names", "sine"], [])
    assert (wins.higher, wins.count) == (3, 3)
    # Of three of three: from the cube root of 0.025 to 1.
    assert wins.interval == pytest.approx((0.025 ** (1 / 3), 1.0))
    other = wins_of("gru", "lstm", effects)
    assert (other.worse, other.higher) == (["names"], 1)
    assert "sine" not in other.better + other.worse
    assert gated_wins(effects) == {
        "gated": ["echo", "names", "sine"],
        "every": ["echo", "names", "sine"],
        "plain": [],
        "open": [],
    }


def test_a_decision_names_the_best_or_the_cheapest_of_the_best(entries):
    effects, lines = effects_of(entries), table(entries)

    def of(task):
        return decision(effects[task], lines[lines["task"] == task])

    assert of("names") == "LSTM"
    assert of("sine") == (
        "not settled between GRU and LSTM: GRU is the smallest and the fastest"
    )


def test_the_newest_setting_of_a_cell_counts(folder):
    old, new = runs_of("sine", size=16, shift=0.5), runs_of("sine")
    trial = record("trial", "jax", "gru", 1000, key="t", task="sine")
    del trial["spec"]
    stored(folder / "sine", [*old, *new])
    entry = read_entry(folder / "sine")
    assert {r.spec.model["hidden_size"] for r in entry.summary.finished} == {32}
    assert entry.complete(["rnn", "gru", "lstm"], 3)
    assert not entry.complete(["rnn", "gru", "lstm"], 4)
    assert not entry.complete(["mgu"], 1)
    assert read_entry(folder / "notes") is None


def test_the_page_says_what_is_covered_and_how_to_go_on(entries, tmp_path):
    command = ["compare.py", "atlas", "--out", "here"]
    answer = page.write_atlas(entries, tmp_path, command)
    assert answer == (
        "At an equal budget of tuning, a gated cell is significantly better "
        "than the vanilla RNN on 3 of 3 tasks, every gated cell on 3, the RNN "
        "is better than every gated cell on 0, and the others (0) are not "
        "settled."
    )
    text = (tmp_path / page.PAGE).read_text()
    assert f"3 of {len(task_names())} tasks" in text
    assert "compare.py atlas --out here" in text
    assert "| GRU against RNN | 3 | 0 | 0 | 0 | 3 of 3 (29 to 100 %) |" in text
    for name in ("ranks", "parameters", "seconds"):
        assert (tmp_path / f"{name}.png").stat().st_size > 5000
    assert len(pd.read_parquet(tmp_path / page.DATA)) == 9


def test_every_task_is_searched_by_words_that_tune_reads():
    options = parse("atlas", ["--trials", "3", "--seeds", "2", "--out", "o"])
    found = plan.searches(options)
    assert [search.task for search in found] == task_names()
    for search in found:
        read = parse("tune", search.words)
        assert (read.task, read.trials, read.seeds) == (search.task, 3, 2)
        assert str(read.out) == f"o/{search.task}"
        assert list(read.space) == list(plan.SPACE)


def test_trials_have_the_engine_and_tests_are_timed():
    words = ["--tasks", "adding", "--cells", "rnn", "--jobs", "auto"]
    (search,) = plan.searches(parse("atlas", words))
    read = parse("tune", search.words)
    found = make_tune_plan(read, search.words, "")
    assert found.options.jobs == cpu_count()
    assert found.test_options(["rnn"]).jobs == 1
    assert not parse("tune", ["--task", "adding"]).time_tests


@pytest.mark.parametrize(
    ("words", "text"),
    [
        (["--tasks", "sinus"], "unknown task 'sinus'; did you mean 'sine'?"),
        (["--cells", "grus"], "'grus'"),
        (["--preset", "small"], "unknown preset 'small'"),
        (["--trials", "0"], "must be at least 1"),
    ],
)
def test_a_wrong_name_is_one_line_before_any_training(words, text):
    with pytest.raises(UserError) as error:
        plan.searches(parse("atlas", words))
    assert text in str(error.value)
    assert "\n" not in str(error.value)


def test_what_is_complete_is_not_searched_again(folder, monkeypatch):
    searched = []

    def main(words):
        searched.append(words[words.index("--task") + 1])
        return 0

    monkeypatch.setattr(tune, "main", main)
    given = ["--out", str(folder), "--tasks", "sine", "adding", "names"]
    assert atlas.main([*given, "--seeds", "3"]) == 0
    assert searched == ["adding"]
    assert atlas.main([*given, "--seeds", "4", "--hours", "1e-9"]) == 0
    assert searched == ["adding"]


@pytest.mark.parametrize("task", sorted({*task_names()} - {"wordlm", "video"}))
def test_the_fastest_framework_is_that_of_the_records(task):
    """Its step takes at most 1.1 times the least, all cells considered."""
    times: dict[str, dict[str, list[float]]] = {}
    for one in read_summary(ROOT / "docs" / task).finished:
        cells = times.setdefault(one.framework, {})
        seconds = [epoch.seconds for epoch in one.epochs[1:]]
        cells.setdefault(one.cell, []).append(median(seconds))
    each = {
        name: geometric_mean(
            median(cells[cell]) for cell in ("rnn", "gru", "lstm")
        )
        for name, cells in times.items()
        if name in ("pytorch", "keras", "jax")
    }
    chosen = plan.OTHERS.get(task, plan.FASTEST)
    assert each[chosen] <= 1.1 * min(each.values()), each

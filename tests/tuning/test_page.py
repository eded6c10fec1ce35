"""The page of a search shows what its trials hold, and works offline."""

import math

import pytest
from factories.fakes.searches import EPOCHS
from factories.html.elements import parse, plots

from comparisons.records.store import Store
from comparisons.runs.progress import Silence
from comparisons.tuning.engines.select import engine_of
from comparisons.tuning.figures.costs import on_front
from comparisons.tuning.figures.history import best_so_far
from comparisons.tuning.figures.parallel import height
from comparisons.tuning.page import page
from comparisons.tuning.results import tune_result
from comparisons.tuning.search import Search
from comparisons.tuning.space import Parameter
from comparisons.tuning.storage import open_studies
from comparisons.tuning.tables import trial_lines


@pytest.fixture
def result(scripted, plan_of):
    """A search of which no selected setting is trained yet."""
    plan = plan_of("--trials", "8", "--pruner", "median")
    store = Store(plan.out)
    try:
        studies = open_studies(plan)
        search = Search(plan, studies, store, Silence())
        engine_of(plan.options).train(search)
        return tune_result(plan, studies, store, [])
    finally:
        store.close()


def test_every_figure_has_the_trials_and_their_table(result):
    text = page(result)
    shown = parse(text)
    drawn = plots(shown)
    assert {name.rpartition("-")[0] for name in drawn} == {
        *("history", "settings", "importance", "costs")
    }
    for place, cell in enumerate(result.cells):
        done = [trial for trial in cell.trials if trial.complete]
        lines = drawn[f"settings-{place}"]["data"]
        assert len(lines) == len(done)
        thick = [line for line in lines if line["line"]["width"] > 3]
        assert [line["name"] for line in thick] == [f"trial {cell.best.number}"]
        assert thick == lines[-1:]  # over the others
        assert thick[0]["y"][-1] == 1.0  # the best score is on top
        known, pruned, best = drawn[f"history-{place}"]["data"]
        assert len(known["x"]) == len(done)
        assert len(pruned["x"]) == cell.count("pruned")
        assert best["y"][-1] == pytest.approx(cell.best.value, rel=1e-4)
    rows = [*shown.by_id("trials-table").all("tr")][1:]
    assert len(rows) == len(result.trials) == 16
    assert "validation RMSE" in text
    assert "https://" not in text.partition('<script type="text/plain"')[0]


def test_no_line_of_a_trial_has_a_test_score(result):
    heads, *lines = trial_lines(result)
    assert not [name for name in heads if "test" in name]
    assert len(lines) == 16
    by_name = [dict(zip(heads, line)) for line in lines]
    for line in by_name:
        pruned = line["status"] == "pruned"
        assert (line["epochs"] < EPOCHS) == pruned == (line["validation"] == "")


def test_heights_are_shares_of_an_axis():
    log = Parameter("learning_rate", (1e-4, 1e-2), range=True, log=True)
    assert height(log, 1e-3) == pytest.approx(0.5)
    line = Parameter("dropout", (0.0, 0.5), range=True)
    assert height(line, 0.125) == pytest.approx(0.25)
    values = Parameter("optimizer", ("adam", "sgd", "rmsprop"))
    assert [height(values, v) for v in values.values] == [0.0, 0.5, 1.0]


def test_the_best_score_so_far_never_gets_worse(result):
    for cell in result.cells:
        known = best_so_far(result, cell)
        values = [t.value for t in cell.trials]
        for place, best in enumerate(known):
            complete = [v for v in values[: place + 1] if v is not None]
            assert best == min(complete, default=None)


def test_a_front_has_the_trials_that_no_other_dominates(result):
    done = [trial for trial in result.trials if trial.complete]
    found = on_front(result, done, "parameters")
    least = min(done, key=lambda t: (t.parameters, t.value))
    best = min(done, key=lambda t: t.value)
    assert found[0].parameters == least.parameters
    assert math.isclose(found[-1].value, best.value, rel_tol=1e-3)
    values = [trial.value for trial in found]
    assert values == sorted(values, reverse=True)

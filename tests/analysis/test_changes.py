"""What changed between two comparisons, worked out on paper."""

import copy
import io
import math

import pytest
from factories import records as made
from rich.console import Console

from comparisons.analysis.changes import (
    BETTER,
    NO_TEST,
    OPEN,
    SAME,
    WORSE,
    changes,
)
from comparisons.analysis.changes_text import (
    cells,
    print_changes,
    sentences,
)
from shared.errors import UserError

OLD = (0.2, 0.21, 0.22)
CLEARLY = (0.1, 0.112, 0.12)  # gaps -0.1, -0.098, -0.1
PERHAPS = (0.19, 0.21, 0.228)  # gaps -0.01, 0, 0.008


def runs(values, cell="lstm", ms=20.0, **fields):
    return [
        made.run("jax", cell, seed, value, ms, **fields)
        for seed, value in enumerate(values)
    ]


def found_in(new, old):
    return changes(made.summarized(new), made.summarized(old))


def named(found, measure):
    """Cell -> the change of a measure."""
    return {c.cell: c for c in found.changes if c.measure.name == measure}


def p_of(gaps):
    """The two-sided p-value of a paired t-test of three pairs.

    With two degrees of freedom it has a closed form, 1 - |t| / √(t² + 2).
    """
    mean = sum(gaps) / 3
    deviation = math.sqrt(sum((g - mean) ** 2 for g in gaps) / 2)
    t = abs(mean) / (deviation / math.sqrt(3))
    return 1 - t / math.sqrt(t * t + 2)


def test_a_supported_change_has_holms_p_value_and_its_direction():
    old = [*runs(OLD), *runs(OLD, "gru")]
    found = found_in([*runs(CLEARLY), *runs(PERHAPS, "gru")], old)
    rmse = named(found, "rmse")
    clear, unclear = rmse["lstm"], rmse["gru"]
    assert (clear.old, clear.new) == pytest.approx((0.21, 0.332 / 3))
    assert clear.difference == pytest.approx(0.332 / 3 - 0.21)
    assert clear.ratio == pytest.approx(0.332 / 0.63)
    assert clear.seeds == 3
    assert clear.p == pytest.approx(2 * p_of([-0.1, -0.098, -0.1]))
    assert clear.verdict == BETTER
    assert unclear.p == pytest.approx(p_of([-0.01, 0.0, 0.008]))
    assert unclear.verdict == OPEN
    back = named(found_in(old, [*runs(CLEARLY), *runs(PERHAPS, "gru")]), "rmse")
    assert back["lstm"].verdict == WORSE


def test_a_higher_accuracy_is_a_change_for_the_better():
    def accurate(values):
        scores = [{"accuracy": value} for value in values]
        return [
            run | {"task": "names", "scores": own}
            for run, own in zip(runs(values), scores)
        ]

    lower = found_in(accurate(CLEARLY), accurate(OLD))
    assert named(lower, "accuracy")["lstm"].verdict == WORSE
    higher = found_in(accurate(OLD), accurate(CLEARLY))
    assert named(higher, "accuracy")["lstm"].verdict == BETTER


def test_times_are_tested_with_a_caveat():
    slow = [made.run("jax", "lstm", s, 0.2, 20.0 + s / 10) for s in range(3)]
    fast = [made.run("jax", "lstm", s, 0.2, 10.0 + s / 9) for s in range(3)]
    found = found_in(fast, slow)
    step = named(found, "ms/step")["lstm"]
    assert (step.new, step.old) == pytest.approx((10 + 1 / 9, 20.1))
    assert step.verdict == BETTER
    train = named(found, "train s")["lstm"]
    assert train.new == pytest.approx(0.3 * (10 + 1 / 9) / 10)
    assert train.verdict == BETTER
    assert named(found, "rmse")["lstm"].verdict == SAME


def test_numbers_measured_once_per_process_are_not_tested():
    new = runs(OLD, parameters=2000, peak_memory_mb=450.0)
    new[1]["epochs"][0]["seconds"] += 0.6
    found = found_in(new, runs(OLD))
    compiled = named(found, "compile s")["lstm"]
    assert (compiled.new, compiled.old) == pytest.approx((0.9, 0.3))
    memory = named(found, "peak MB")["lstm"]
    assert (memory.new, memory.old) == (450.0, 302.0)  # the largest of 3
    assert math.isnan(memory.p)
    assert memory.verdict == NO_TEST
    assert named(found, "parameters")["lstm"].verdict == NO_TEST


def test_only_shared_seeds_are_compared():
    old = runs((0.2, 0.21, 0.22, 9.0))
    rmse = named(found_in(runs((0.1, 0.11)), old), "rmse")["lstm"]
    assert rmse.seeds == 2
    assert (rmse.new, rmse.old) == pytest.approx((0.105, 0.205))


@pytest.mark.parametrize(("first", "shared"), [(0, 1), (7, 0)])
def test_without_two_shared_seeds_nothing_is_claimed(first, shared):
    new = [made.run("jax", "lstm", first, 0.1, 5.0)]
    found = found_in(new, runs(OLD))
    rmse = named(found, "rmse")["lstm"]
    assert rmse.seeds == shared
    assert rmse.old == pytest.approx(0.2 if shared else 0.21)
    assert rmse.verdict == NO_TEST


def test_a_change_too_small_to_matter_is_the_same():
    new = [value * 1.0005 for value in OLD]
    found = found_in(runs(new), runs(OLD))
    assert named(found, "rmse")["lstm"].verdict == SAME


def test_changes_common_to_all_rows_are_stated_once():
    rows = [run for cell in ("rnn", "gru", "lstm") for run in runs(OLD, cell)]
    lines = sentences(found_in(rows, rows))
    assert len(lines) == 7  # the setup, and six measures


def test_missing_and_failed_rows_are_listed():
    new = [*runs(OLD), *runs(OLD, "gru"), made.broken("failed", "jax", "rnn")]
    old = [*runs(OLD), *runs(OLD, "rnn"), *runs(OLD, "rnn-relu")]
    found = found_in(new, old)
    assert found.only_new == (("jax", "gru"),)
    assert found.only_old == (("jax", "rnn-relu"),)
    assert found.statuses == ((("jax", "rnn"), "failed", "ok"),)
    assert set(named(found, "rmse")) == {"lstm"}


def test_a_score_that_was_not_finite_is_no_sample():
    new = runs(OLD)
    new[0]["scores"]["rmse"] = None
    assert named(found_in(new, runs(OLD)), "rmse")["lstm"].seeds == 2


OTHER = {"noise": 0.2, "window": 20}
"""Data options that the old runs lack; the window is the default."""


def test_differences_in_the_setup_have_both_values():
    old, new = runs(OLD), copy.deepcopy(runs(OLD))
    for run in new:
        run["versions"] = {"numpy": "2.5.0", "jax": "0.10"}
        run["commit"] = "ba9876543210"
        run["machine"] = {**run["machine"], "cores": 8}
        run["spec"] = {**run["spec"], "threads": 4, "data": OTHER}
        run["train_spec"] = {"batch_size": 32, "seed": run["seed"] + 5}
    found = found_in(new, old)
    assert set(found.manifest) == {
        ("versions.numpy", "2.5.0", "2.4.0"),
        ("versions.jax", "0.10", "-"),
        ("commit", "ba9876543210", "0123456789ab"),
        ("machine.cores", "8", "2"),
        ("spec.threads", "4", "0"),
        ("spec.data.noise", "0.2", "0.1"),
        ("spec.train.batch_size", "32", "64"),
    }
    same = found_in(old, runs(CLEARLY))
    assert same.manifest == ()


def test_rows_in_one_comparison_only_make_no_setup_difference():
    other = runs(OLD, "gru", versions={"numpy": "1.0"})
    assert found_in([*runs(OLD), *other], runs(OLD)).manifest == ()


def test_two_tasks_are_not_compared():
    names = runs(OLD)
    for run in names:
        run["task"] = "names"
        run["scores"] = {"accuracy": 0.5}
    with pytest.raises(UserError, match=r"'sine' and 'names'"):
        found_in(runs(OLD), names)


def test_no_common_rows_give_a_sentence_and_no_table():
    found = found_in(runs(OLD), runs(OLD, "gru"))
    assert found.changes == ()
    assert len(sentences(found)) == 3


def test_the_printed_table_fits_and_has_every_change():
    old = [*runs(OLD), *runs(OLD, "gru")]
    found = found_in([*runs(CLEARLY, ms=5.0), *runs(PERHAPS, "gru")], old)
    text = io.StringIO()
    print_changes(found, Console(file=text, width=80, highlight=False))
    shown = text.getvalue()
    assert max(map(len, shown.splitlines())) <= 80
    for change in found.changes:
        assert change.measure.title in shown
        row = " ".join(cells(change))
        assert any(" ".join(line.split()) == row for line in shown.splitlines())
    for sentence in sentences(found):
        assert sentence[:40] in " ".join(shown.split())

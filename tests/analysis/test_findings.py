"""What each finding states, regardless of its wording."""

import math
from dataclasses import replace

import pytest
from factories import records as made

from comparisons.analysis.findings import findings
from comparisons.analysis.wording import (
    BETTER,
    OPEN,
    UNTESTED,
    WORSE,
    Finding,
)
from shared.task import Published

BEST, LIKE, BAD = (0.1, 0.11, 0.12), (0.112, 0.1, 0.121), (0.2, 0.212, 0.22)


def cell_runs(cell, values, framework="pytorch", ms=20.0):
    return [
        made.run(framework, cell, seed, value, ms)
        for seed, value in enumerate(values)
    ]


def found_in(records, kind):
    """Names -> the finding of this kind."""
    found = findings(made.summarized(records))
    return {f.names: f for f in found if f.kind == kind}


RANKED = [
    *cell_runs("rnn", BAD, ms=10.0),
    *cell_runs("gru", LIKE),
    *cell_runs("lstm", BEST),
]
BASELINES = [made.baselines(seed) for seed in range(3)]


def test_cells_are_compared_pair_by_pair():
    found = found_in(RANKED, "cells")
    assert {names: f.verdict for names, f in found.items()} == {
        ("gru", "rnn"): BETTER,
        ("lstm", "rnn"): BETTER,
        ("lstm", "gru"): OPEN,
    }
    assert found["lstm", "gru"].p == pytest.approx(0.89, abs=0.01)
    assert found["gru", "rnn"].p == pytest.approx(0.0096, abs=1e-4)


def test_a_higher_accuracy_is_better():
    runs = [
        run | {"task": "names", "scores": {"accuracy": run["scores"]["rmse"]}}
        for run in RANKED
    ]
    assert found_in(runs, "cells")["rnn", "gru"].verdict == BETTER


def in_accuracy(record):
    """The same record of a task whose higher scores are better."""
    if "baselines" in record:
        known = record["baselines"].items()
        scores = {name: {"accuracy": s["rmse"]} for name, s in known}
        return record | {"task": "names", "baselines": scores}
    scores = {"accuracy": record["scores"]["rmse"]}
    return record | {"task": "names", "scores": scores}


def test_the_best_baseline_has_the_highest_accuracy():
    records = [*map(in_accuracy, [*cell_runs("rnn", BAD), *BASELINES])]
    ((names, finding),) = found_in(records, "baseline").items()
    assert names == ("rnn", "last value")
    assert "last value (19.0 %)" in finding.text
    assert made.summarized(records).best_baseline == pytest.approx(0.19)


def test_baselines_without_a_result_are_not_compared():
    failed = [one | {"status": "failed"} for one in BASELINES]
    assert found_in([*RANKED, *failed], "baseline") == {}


def test_frameworks_do_not_count_as_samples():
    """The same result three times is not three times the evidence."""
    alone = cell_runs("gru", (0.1, 0.2)) + cell_runs("rnn", (0.15, 0.3))
    thrice = [
        made.run(name, run["cell"], run["seed"], run["scores"]["rmse"])
        for name in ("pytorch", "keras", "jax")
        for run in alone
    ]
    assert found_in(alone, "cells") == found_in(thrice, "cells")


@pytest.mark.parametrize(
    ("linear", "verdicts"),
    [
        (0.15, {("lstm", "gru"): BETTER, ("rnn",): WORSE}),
        (0.01, {("lstm", "gru", "rnn"): WORSE}),
        (0.111, {("lstm", "gru"): OPEN, ("rnn",): WORSE}),
    ],
)
def test_cells_and_the_best_baseline(linear, verdicts):
    known = [
        made.baselines(seed, linear=linear + 0.001 * seed) for seed in range(3)
    ]
    found = found_in([*RANKED, *known], "baseline")
    assert {n[:-1]: f.verdict for n, f in found.items()} == verdicts


def native(runs):
    """The same runs of frameworks with initial weights of their own."""
    return [run | {"spec": {"init": "native"}} for run in runs]


def test_frameworks_of_a_cell_are_compared():
    same = cell_runs("gru", BEST) + cell_runs("gru", BEST, "jax")
    (found,) = found_in(native(same), "frameworks").values()
    assert (found.verdict, found.names) == (OPEN, ("pytorch", "jax"))
    apart_by_framework = cell_runs("gru", BEST) + cell_runs("gru", BAD, "jax")
    (found,) = found_in(native(apart_by_framework), "frameworks").values()
    assert (found.verdict, found.names) == (BETTER, ("pytorch", "jax", "gru"))
    assert not found_in(cell_runs("gru", BEST), "frameworks")


def test_matched_frameworks_agree_in_one_line():
    """None of them is better; the largest difference is named."""
    third = (0.105, 0.11, 0.121)
    runs = [
        *(cell_runs("gru", BEST) + cell_runs("gru", LIKE, "keras")),
        *(cell_runs("lstm", BEST) + cell_runs("lstm", third, "jax")),
    ]
    (found,) = found_in(runs, "frameworks").values()
    assert (found.verdict, found.names) == ("", ("pytorch", "keras", "jax"))
    assert (
        "at most 0.00200 in RMSE (LSTM: PyTorch 0.110, JAX 0.112;" in found.text
    )


def test_matched_frameworks_that_differ_significantly_are_named():
    """The largest gap is that of LSTM, the least p that of GRU."""
    gru, lstm = [v + 0.01 for v in BEST], (0.131, 0.145, 0.165)
    runs = [
        *(cell_runs("gru", BEST) + cell_runs("gru", gru, "jax")),
        *(cell_runs("lstm", BEST) + cell_runs("lstm", lstm, "jax")),
        *(cell_runs("rnn", [0.5] * 3) + cell_runs("rnn", [0.5] * 3, "jax")),
    ]
    (found,) = found_in(runs, "frameworks").values()
    assert found.verdict == BETTER
    assert found.names == ("pytorch", "jax")
    assert found.p < 1e-3
    assert "(LSTM: PyTorch 0.110, JAX 0.147;" in found.text
    assert (
        " With GRU that is more than chance between seeds explains (p < 0.001)"
        in found.text
    )


def test_frameworks_of_one_seed_are_not_tested():
    runs = [made.run(rmse=0.1), made.run("jax", rmse=0.2)]
    (found,) = found_in(native(runs), "frameworks").values()
    assert found == Finding(
        "frameworks",
        "One seed: differences in RMSE between frameworks are not tested.",
        UNTESTED,
        ("pytorch", "jax"),
        found.p,
    )
    assert math.isnan(found.p)


def test_all_cells_are_one_family_of_framework_tests():
    values = (0.1, 0.11, 0.125)
    one = [
        *cell_runs("gru", BEST),
        *cell_runs("gru", values, "jax"),
    ]
    first = [
        *cell_runs("gru", BEST),
        *cell_runs("gru", [v + 0.05 + v / 50 for v in BEST], "jax"),
    ]
    other = [run | {"cell": "lstm", "key": run["key"] + "l"} for run in one]
    (alone,) = found_in(native(first), "frameworks").values()
    both = found_in(native([*first, *other]), "frameworks")
    assert both["pytorch", "jax", "gru"].p == pytest.approx(2 * alone.p)


def test_frameworks_without_a_difference_are_counted_by_cell():
    runs = [
        *(cell_runs("gru", BEST) + cell_runs("gru", LIKE, "jax")),
        *(cell_runs("lstm", BEST) + cell_runs("lstm", LIKE, "jax")),
    ]
    (found,) = found_in(native(runs), "frameworks").values()
    assert (found.verdict, found.names) == (OPEN, ("pytorch", "jax"))
    assert found.text == (
        "No significant difference in RMSE between frameworks (2 tests, 3 "
        "seeds)."
    )


def test_speeds_are_ratios_to_the_fastest_of_one_family():
    found = found_in(RANKED, "speed")
    assert set(found) == {("pytorch", "rnn", "gru", "lstm")}
    speed = found["pytorch", "rnn", "gru", "lstm"]
    assert (speed.kind, speed.verdict) == ("speed", BETTER)
    assert speed.p < 0.05


def test_one_seed_is_never_tested():
    runs = [
        made.run(framework, cell, 0, value)
        for framework in ("pytorch", "jax")
        for cell, value in (("rnn", 0.9), ("gru", 0.1))
    ]
    found = findings(made.summarized([*runs, made.baselines()]))
    tested = [f for f in found if f.kind != "noise_floor"]
    assert {f.kind for f in tested} == {
        *("cells", "baseline", "frameworks", "speed"),
    }
    assert {f.verdict for f in tested} == {UNTESTED, ""}
    assert all(math.isnan(f.p) for f in found)
    assert {f.kind: f.names for f in found} == {
        "cells": ("gru", "rnn"),
        "baseline": ("rnn", "linear"),
        "noise_floor": (),
        "frameworks": ("pytorch", "jax"),
        "speed": ("jax", "rnn", "gru"),
    }


def test_findings_are_in_the_order_of_the_report():
    summary = made.summarized([*RANKED, *BASELINES])
    bad = Published("bad", 0.2, "rmse", "book")
    summary.task = replace(summary.task, published=(bad,))
    kinds = [found.kind for found in findings(summary)]
    assert list(dict.fromkeys(kinds)) == [
        *("cells", "baseline", "published", "noise_floor", "speed"),
    ]
    (published,) = (f for f in findings(summary) if f.kind == "published")
    assert published.text.startswith("Every baseline, even ")

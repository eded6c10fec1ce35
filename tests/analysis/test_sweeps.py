"""Which option is the axis of a sweep, and what is read off it."""

import math
from dataclasses import replace
from pathlib import Path

import pytest
from factories import records as made

from comparisons.analysis.loading import Comparison
from comparisons.analysis.sweeps.folders import in_order
from comparisons.analysis.sweeps.reading import setting, sweep_of
from comparisons.analysis.sweeps.sweep import Point, Sweep
from comparisons.report.several.sweep import sweep_figures


def part(score=0.5, baselines=(), preset="standard", **given):
    """A comparison of two seeds of one row, with these settings."""
    spec = {"init": "matched", "preset": preset}
    runs = [
        made.run(seed=seed, rmse=score + 0.1 * seed, spec=spec | given)
        for seed in range(2)
    ]
    for run in runs:
        for epoch in run["epochs"]:
            epoch["validation"] = run["scores"]["rmse"]
    return Comparison("", "", Path(), made.summarized([*runs, *baselines]))


LOWER = {"train": {"epochs": 9, "learning_rate": 0.01}}


def validated(score, **given):
    """A comparison of one run with a validation score of its own."""
    run = made.run(rmse=9.0, spec={"init": "matched"} | given)
    run["epochs"] = [one | {"validation": score} for one in run["epochs"]]
    return Comparison("", "", Path(), made.summarized([run]))


def test_the_number_with_most_values_is_the_axis_and_others_are_groups():
    parts = [
        part(0.1, train={"epochs": 9, "learning_rate": 0.1}),
        part(0.2, train={"epochs": 5, "learning_rate": 0.2}),
        part(0.3, train={"epochs": 9, "learning_rate": 0.05}, preset="quick"),
    ]
    found = sweep_of(parts)
    assert (found.option, found.option_name) == (
        "learning_rate",
        "learning rate",
    )
    assert (found.metric, found.better) == ("rmse", "lower")
    assert not found.varied and sweep_of([parts[0], part(0.4, **LOWER)]).varied
    assert found.values == [0.05, 0.1, 0.2]
    assert found.groups == [
        "preset quick, epochs 9",
        "preset standard, epochs 5",
        "preset standard, epochs 9",
    ]
    (points,) = (
        points for place, points in found.lines.items() if "5" in place[2]
    )
    assert points == [Point(0.2, pytest.approx(0.25), 0.2, pytest.approx(0.3))]
    assert next(found.texts()) == (
        *("PyTorch", "LSTM", "preset quick, epochs 9"),
        *("0.350", "-", "-"),
    )


def test_an_option_that_one_chooses_is_shown_by_validation_scores():
    """Those of the data are other problems, and keep their test scores."""
    chosen = sweep_of(
        [
            validated(0.4, train={"learning_rate": 0.1}),
            validated(0.2, train={"learning_rate": 0.2}),
        ]
    )
    assert chosen.split == "validation"
    assert chosen.title == "Validation RMSE over learning rate"
    (points,) = chosen.lines.values()
    assert [p.mean for p in points] == pytest.approx([0.4, 0.2])
    assert chosen.baseline == {}
    problems = sweep_of([part(0.5, data={"noise": n}) for n in (0.1, 0.2)])
    assert (problems.split, problems.title) == ("test", "Test RMSE over noise")


def test_values_are_in_the_order_of_their_numbers():
    names = ["lag=10,init=b", "lag=5,init=b", "lag=5,init=a", "lag=1e-3"]
    assert in_order(names) == [
        *("lag=1e-3", "lag=5,init=a", "lag=5,init=b", "lag=10,init=b"),
    ]
    assert in_order(["lstm", "gru"]) == ["gru", "lstm"]


def test_two_options_make_a_map_of_each_cell():
    lines = {
        ("jax", "gru", "init b"): [Point(1, 0.5, 0, 1), Point(2, 0.1, 0, 1)],
        ("keras", "gru", "init b"): [Point(1, 0.7, 0, 1)],
        ("jax", "gru", "init a"): [Point(2, 0.3, 0, 1)],
    }
    found = Sweep("lag", "rmse", "lower", lines, {}, other="init")
    assert found.maps() == {
        "gru": [
            [pytest.approx(math.nan, nan_ok=True), 0.3],
            [pytest.approx(0.6), 0.1],
        ]
    }


def test_an_option_that_one_comparison_leaves_out_has_its_usual_value():
    parts = [part(), part(train={"batch_size": 32})]
    found = sweep_of(parts)
    assert (found.option, found.values) == ("batch_size", [32.0, 64.0])
    assert found.groups == [""]
    assert {type(value) for value in found.values} == {float}


@pytest.mark.parametrize(
    "settings",
    [
        ({}, {}),
        ({"preset": "quick"}, {"preset": "standard"}),
        ({"init": "native"}, {"init": "matched"}),
        ({"train": {"epochs": "5"}}, {"train": {"epochs": 9}}),
        ({"train": {"stateful": True}}, {"train": {"stateful": False}}),
    ],
)
def test_only_numbers_are_an_axis(settings):
    assert sweep_of([part(**given) for given in settings]) is None


def test_baselines_are_those_of_each_value():
    noises = [{"data": {"noise": noise}} for noise in (0.3, 0.1, 0.2)]
    scores = [[made.baselines(linear=linear)] for linear in (0.15, 0.12)]
    parts = [
        part(baselines=known, **noise)
        for known, noise in zip([*scores, []], noises, strict=True)
    ]
    assert sweep_of(parts).baseline == {0.3: 0.15, 0.1: 0.12}


@pytest.mark.parametrize(
    ("values", "logarithmic"),
    [
        ((1, 10), True),
        ((1, 9.9), False),
        ((0, 100), False),
        ((-5, 100), False),
        ((0.5, 2, 6), True),
    ],
)
def test_values_of_a_decade_have_a_logarithmic_axis(values, logarithmic):
    points = [Point(value, 0.5, 0.4, 0.6) for value in values]
    places = {("jax", "gru", ""): points[1:], ("jax", "rnn", ""): points[:1]}
    found = Sweep("lag", "rmse", "lower", places, {})
    assert found.values == list(values)
    assert found.logarithmic is logarithmic


def test_a_row_has_the_mean_at_each_value():
    lines = {
        ("jax", "gru", "init native"): [Point(2, 0.25, 0, 1)],
        ("keras", "rnn", ""): [Point(1, 0.5, 0, 1), Point(2, 0.0625, 0, 1)],
    }
    found = Sweep("top_k", "accuracy", "higher", lines, {})
    assert list(found.rows()) == [
        ("jax", "gru", "init native", None, 0.25),
        ("keras", "rnn", "", 0.5, 0.0625),
    ]
    assert list(found.texts()) == [
        ("JAX", "GRU", "init native", "-", "25.0 %"),
        ("Keras", "RNN", "", "50.0 %", "6.2 %"),
    ]
    assert replace(found, lines={}).values == []


def switched(folder, score, **model):
    """A validated comparison in a folder of a sweep of switches."""
    run = made.run(rmse=9.0, spec={"init": "matched", "model": model})
    run["overrides"] = {"model": model}
    run["epochs"] = [one | {"validation": score} for one in run["epochs"]]
    summary = made.summarized([run])
    return Comparison("", "part1", Path(folder), summary)


SWITCHES = {
    "crf=off,shapes=off": (0.4, False, False),
    "crf=off,shapes=on": (0.3, False, True),
    "crf=on,shapes=off": (0.2, True, False),
    "crf=on,shapes=on": (0.5, True, True),
}


def test_a_sweep_of_switches_is_a_map_of_validation_scores():
    parts = [
        switched(name, score, crf=crf, shapes=shapes)
        for name, (score, crf, shapes) in SWITCHES.items()
    ]
    (figure,) = sweep_figures(parts)
    (panel,) = figure.panels
    (data,) = panel.data
    assert (data["x"], data["y"]) == (
        ["off", "on"],
        ["shapes off", "shapes on"],
    )
    assert data["z"] == [[0.4, 0.2], [0.3, 0.5]]
    assert figure.title == (
        "LSTM reaches the best, an RMSE of 0.200 in validation, with crf on, "
        "shapes off"
    )


def test_two_comparisons_of_no_sweep_have_no_map():
    parts = [switched(name, 0.4, crf=name == "b") for name in ("a", "b")]
    assert sweep_figures(parts) == []


def test_a_setting_is_named_as_people_write_it():
    assert setting("layer_norm", False) == "layer norm off"
    assert setting("init", "matched") == "init matched"
    assert setting("lag", 1) == "lag 1"

"""Axes have numbers at both ends, within what a metric can be."""

import math

import pytest
from factories import records as made

from comparisons.analysis.loading import Comparison
from comparisons.figures.lines import Line
from comparisons.records.measurements import Deviation
from comparisons.report.equivalence import check_cell
from comparisons.report.plotly.axes import (
    epoch_axis,
    logarithmic,
    range_of_lines,
    score_range,
)
from comparisons.report.speed import steps_section


@pytest.mark.parametrize("values", [(2.1, 2.3), (1121,), (0.5, 80)])
def test_a_logarithmic_axis_has_a_number_at_each_end(values):
    axis = logarithmic(values)
    low, high = (10**end for end in axis["range"])
    shown = [tick for tick in axis["tickvals"] if low <= tick <= high]
    assert len(shown) >= 2
    assert low < min(values) <= max(values) < high
    assert shown[0] <= min(values)
    assert shown[-1] >= max(values)


@pytest.mark.parametrize(
    ("values", "ends"),
    [
        ((59_346, 207_570), ("50 k", "300 k")),
        ((600_000, 7_000_000), ("0.5 M", "7 M")),
        ((1_121, 4_385), ("1,000", "5,000")),
        ((400, 1_100), ("400", "1,200")),
    ],
)
def test_long_numbers_at_ticks_are_short(values, ends):
    texts = logarithmic(values)["ticktext"]
    first, last = (texts[end].replace("\u00a0", " ") for end in (0, -1))
    assert (first, last) == ends


@pytest.mark.parametrize(
    ("name", "values", "ends"),
    [
        ("accuracy", [100.0], [95.0, 101.5]),
        ("accuracy", [0.0, 100.0], [-1.5, 101.5]),
        ("accuracy", [80.0, 90.0], [79.5, 90.5]),
        ("bleu", [100.0], [95.0, 105.0]),
        ("rmse", [0.0, 200.0], [-10.0, 210.0]),
    ],
)
def test_the_axis_of_a_percentage_ends_near_0_and_100(name, values, ends):
    assert score_range(name, values) == pytest.approx(ends)
    line = Line("a", range(len(values)), values, "#000000")
    assert range_of_lines({"": [line]}, name) == pytest.approx(ends)


def test_few_epochs_have_a_tick_each():
    assert epoch_axis(2) == {"tick0": 1, "dtick": 1}
    assert epoch_axis(11) == {}


def test_one_value_is_a_point_and_several_are_a_box():
    one = made.run("jax", "lstm")
    one["epochs"] = one["epochs"][:2]
    several = made.run("pytorch", "lstm")
    part = Comparison("", "part1", "", made.summarized([one, several]))
    (figure,) = steps_section(part)
    box, point = figure.panels[0].data
    assert (box["type"], box["x"]) == ("box", ["PyTorch"])
    assert (point["type"], point["x"]) == ("scatter", ["JAX"])
    assert point["y"] == pytest.approx([20.0])
    assert math.isclose(point["y"][0], box["median"][0])


@pytest.mark.parametrize(
    ("measured", "limit", "text", "status"),
    [
        (0.0, 0.0, "equal", ""),
        (3.0, 0.0, "differ by 3", "failed"),
        (2e-7, 1e-5, "2.0e-07 ≤ 1e-05", ""),
        (2e-4, 1e-5, "2.0e-04 > 1e-05", "failed"),
    ],
)
def test_a_count_is_equal_or_not(measured, limit, text, status):
    found = check_cell(
        Deviation(case="any", check="any", measured=measured, limit=limit)
    )
    assert (found.text, found.status) == (text, status)

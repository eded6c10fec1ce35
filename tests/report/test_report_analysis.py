"""What the report computes, worked out by hand."""

import math
from dataclasses import replace

import numpy as np
import pytest
from factories import records as made

from comparisons.analysis.curves import Timed, break_even, curve_of, front
from comparisons.analysis.statistics import bootstrap_interval
from comparisons.report.plotly.axes import logarithmic, range_of
from comparisons.report.plotly.traces import label, rounded
from comparisons.report.tables import form_of


def test_an_interval_of_two_values_is_their_range():
    # A quarter of the resamples is all low, another one all high.
    assert bootstrap_interval([0.0, 1.0]) == (0.0, 1.0)


def test_an_interval_of_many_values_is_that_of_a_normal_distribution():
    values = np.random.default_rng(1).normal(5.0, 2.0, 400)
    half = 1.96 * values.std() / math.sqrt(len(values))
    low, high = bootstrap_interval(list(values))
    assert low == pytest.approx(values.mean() - half, abs=0.1 * half)
    assert high == pytest.approx(values.mean() + half, abs=0.1 * half)


def test_the_interval_is_deterministic():
    values = list(np.random.default_rng(1).normal(size=50))
    assert bootstrap_interval(values) == bootstrap_interval(values)
    assert bootstrap_interval([0.2] * 4) == pytest.approx((0.2, 0.2))
    assert all(map(math.isnan, bootstrap_interval([1.0])))


def test_no_point_of_the_pareto_front_is_dominated():
    costs, values = [1.0, 2.0, 3.0, 2.0], [0.3, 0.2, 0.25, 0.4]
    assert front(costs, values, "lower") == [0, 1]
    assert front(costs, values, "higher") == [0, 3]


def test_negligible_differences_do_not_count_on_the_front():
    assert front([1.0, 2.0], [0.2, 0.19999], "lower") == [0]
    assert front([1.0, 1.0], [0.2, 0.19999], "lower") == [0, 1]
    assert front([1.0, 2.0], [0.2, 0.19], "lower") == [0, 1]
    assert front([1.0, math.nan], [0.2, 0.1], "lower") == [0]


def timed(compile_seconds, epoch_seconds):
    """A row of these times."""
    (row,) = made.summarized([made.run()]).rows
    row = replace(row, compile_seconds=compile_seconds)
    return Timed(row, 10, epoch_seconds)


@pytest.mark.parametrize(
    ("row", "other", "epoch"),
    [
        (timed(10.0, 1.0), timed(0.0, 2.0), 10),
        (timed(10.5, 1.0), timed(0.0, 2.0), 11),
        (timed(0.1, 1.0), timed(0.0, 2.0), 1),
        (timed(10.0, 1.0), timed(4.0, 3.0), 3),
        (timed(4.0, 1.0), timed(10.0, 3.0), 1),
        (timed(math.inf, 1.0), timed(math.inf, 2.0), None),
        (timed(10.0, 2.0), timed(0.0, 2.0), None),
        (timed(10.0, 3.0), timed(0.0, 2.0), None),
        (timed(math.nan, 1.0), timed(0.0, 2.0), None),
    ],
)
def test_break_even_is_the_first_epoch_that_catches_up(row, other, epoch):
    assert break_even(row, other) == epoch


def test_a_curve_is_mean_and_range_as_long_as_the_shortest_run():
    runs = [made.run(seed=0), made.run(seed=1)]
    runs[0]["epochs"][1]["validation"] = 0.4
    runs[1]["epochs"] = runs[1]["epochs"][:2]
    found = curve_of(made.summarized(runs).epochs, 1.0)
    assert found.mean == pytest.approx([0.2, 0.3])
    assert (found.low[1], found.high[1]) == (0.2, 0.4)
    assert found.seconds == pytest.approx([0.5, 0.7])


@pytest.mark.parametrize(
    ("values", "ticks"),
    [
        ([1100, 4300], ["1,000", "1,500", "2,000", "3,000", "5,000"]),
        ([0.3, 30.0], ["0.2", "0.5", "1", "2", "5", "10", "20", "50"]),
    ],
)
def test_ticks_of_a_logarithmic_axis_are_round_and_enclose_the_data(
    values, ticks
):
    assert logarithmic(values)["ticktext"] == ticks


def test_one_value_and_none_have_an_axis():
    assert logarithmic([7.0])["ticktext"] == ["6", "8"]
    assert logarithmic([]) == {}
    low, high = range_of([2.0, 2.0])
    assert low < 2.0 < high


@pytest.mark.parametrize(
    ("values", "form"),
    [
        ([1, 20000], ","),
        (["a", "b"], ""),
        ([0.12345, 0.5], ",.4f"),
        ([123.456, 0.5], ",.2f"),
        ([0.25, 0.5, None], ",.2f"),
        ([20000.5, 1], ",.0f"),
        ([math.nan], ",.0f"),
    ],
)
def test_numbers_of_a_column_have_the_same_decimals(values, form):
    assert form_of(values) == form


def test_numbers_are_short_and_missing_ones_are_null():
    values = {"a": [0.123456789, math.inf, 3], "b": "text"}
    assert rounded(values) == {"a": [0.12346, None, 3], "b": "text"}


def test_a_label_has_no_tags():
    assert label("<b>&") == "&lt;b&gt;&amp;"

"""Scores as people read them: the unit, the decimals, the spread."""

import math

import pytest

from shared.exhibits.names import gap_text, metric_axis, scaled, score_text


@pytest.mark.parametrize(
    ("name", "value", "std", "text"),
    [
        ("accuracy", 0.8274, math.nan, "82.7 %"),
        ("accuracy", 0.8274, 0.0123, "82.7 ± 1.2 %"),
        ("f1", 0.8274, 0.0123, "0.827 ± 0.012"),
        ("bleu", 40.46, 0.25, "40.5 ± 0.2"),
        ("rmse", 0.10849, 0.00163, "0.108 ± 0.002"),
        ("rmse", 12.345, math.nan, "12.3"),
        ("rmse", 1234.5, math.nan, "1,234"),
        ("mse", 0.000123, math.nan, "1.2e-04"),
        ("rmse", None, math.nan, "-"),
        ("rmse", math.nan, math.nan, "-"),
    ],
)
def test_a_score_has_the_decimals_and_the_unit_of_its_metric(
    name, value, std, text
):
    assert score_text(name, value, std) == text


def test_an_axis_and_its_values_have_one_unit():
    assert (metric_axis("accuracy"), scaled("accuracy", 0.5)) == (
        "accuracy, %",
        50.0,
    )
    assert (metric_axis("rmse"), scaled("rmse", 0.5)) == ("RMSE", 0.5)


@pytest.mark.parametrize(
    ("name", "gap", "text"),
    [
        ("accuracy", 0.004, "at most 0.4 points"),
        ("accuracy", 0.0004, "less than 0.1 points"),
        ("rmse", 0.0123, "at most 0.0123"),
        ("rmse", 0.0, "nothing"),
    ],
)
def test_a_gap_is_in_points_where_the_score_is_in_percent(name, gap, text):
    assert gap_text(name, gap) == text

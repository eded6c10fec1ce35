"""Distributions and numbers of a space, as Optuna gets them."""

import pytest
from optuna.distributions import (
    CategoricalDistribution,
    FloatDistribution,
    IntDistribution,
)

from comparisons.tuning.samplers import distribution, rounded
from comparisons.tuning.space import Parameter


@pytest.mark.parametrize(
    ("parameter", "wanted"),
    [
        (Parameter("a", (8, 16)), CategoricalDistribution((8, 16))),
        (Parameter("a", (1, 3), range=True), IntDistribution(1, 3)),
        (
            Parameter("a", (1e-4, 1e-2), range=True, log=True),
            FloatDistribution(1e-4, 1e-2, log=True),
        ),
        (
            Parameter("a", (1, 64), range=True, log=True),
            IntDistribution(1, 64, log=True),
        ),
        (Parameter("a", (0.0, 0.5), range=True), FloatDistribution(0.0, 0.5)),
    ],
)
def test_a_parameter_has_its_distribution(parameter, wanted):
    assert distribution(parameter) == wanted


def test_a_drawn_number_has_four_digits_within_the_ends():
    space = [
        Parameter("a", (0.12341, 0.98765432), range=True),
        Parameter("b", (1, 9999999), range=True),
        Parameter("c", (0.123456, 0.2)),
    ]
    drawn = {"a": 0.55555555, "b": 1234567, "c": 0.123456}
    assert rounded(drawn, space) == {**drawn, "a": 0.5556}
    assert rounded({**drawn, "a": 0.123411}, space)["a"] == 0.12341
    assert rounded({**drawn, "a": 0.9876543}, space)["a"] == 0.98765432

"""A row in bf16 is not one in float32, and is still the same model."""

import numpy as np
import pytest
from factories.implementations import configured

from comparisons.equivalence.case import Case
from comparisons.equivalence.checks import full_checks
from comparisons.equivalence.limits import LIMITS

CASES = (
    Case("forecaster", "lstm", "values", "native", 1, True, False),
    Case("classifier", "gru", "embedding", "scratch", 1, False, True),
)

BOTH = ["pytorch_impl", "keras_impl"]
"""JAX has it on a GPU alone: see `test_jax_setup.py`."""


@pytest.fixture
def package(request):
    yield configured(request.param, "bf16")
    configured(request.param, "float32")


@pytest.mark.parametrize("case", CASES, ids=str)
@pytest.mark.parametrize("package", BOTH, indirect=True)
def test_bf16_is_over_the_limits_of_float32_and_within_its_own(package, case):
    found = {d.check: d for d in full_checks(package, case, "bf16")}
    assert [one for one in found.values() if not one.holds] == []
    for check in ("forward", "gradient", "trajectory"):
        assert found[check].measured > 5 * LIMITS["float32"][check], check


@pytest.mark.parametrize("package", BOTH, indirect=True)
def test_outputs_and_weights_are_float32(package):
    case = CASES[0]
    model = package.build_model(case.spec())
    package.load_weights(model, case.weights())
    x, _, lengths = case.split()
    assert package.predict(model, x, lengths).dtype == np.float32
    for name, weight in package.export_weights(model).items():
        np.testing.assert_array_equal(weight, case.weights()[name])
        assert weight.dtype == np.float32


def test_bfloat16_has_three_bits_less_than_tf32():
    for check, limit in LIMITS["tf32"].items():
        assert LIMITS["bf16"][check] == pytest.approx(2**3 * limit)

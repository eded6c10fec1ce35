"""Messages between a worker and its parent."""

import numpy as np
import pytest

from comparisons.worker.messages import dumps, loads


@pytest.mark.parametrize("dtype", ["int32", "float32", "float64", "bool"])
@pytest.mark.parametrize("shape", [(), (3,), (0, 4), (2, 1, 3)])
def test_an_array_arrives_bit_for_bit(dtype, shape):
    values = np.random.default_rng(0).normal(size=shape) * 1e3
    array = np.asarray(values).astype(dtype)
    line = dumps({"rows": [{"x": array}], "lengths": None, "n": 2})
    assert "\n" not in line
    found = loads(line)
    assert (found["lengths"], found["n"]) == (None, 2)
    again = found["rows"][0]["x"]
    assert (again.dtype, again.shape) == (array.dtype, array.shape)
    np.testing.assert_array_equal(again, array)


def test_values_that_are_not_finite_arrive():
    found = loads(dumps({"x": np.array([np.nan, np.inf, -np.inf])}))
    np.testing.assert_array_equal(found["x"], [np.nan, np.inf, -np.inf])


def test_invalid_json_is_an_error():
    with pytest.raises(TypeError, match="set is neither JSON nor an array"):
        dumps({"x": {1, 2}})

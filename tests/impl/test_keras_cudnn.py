"""The path that Keras on JAX takes on a GPU, on the CPU.

There Keras hands a whole LSTM layer to cuDNN through `jax.experimental.rnn`,
whose reference function computes the same from the same packed weights.
"""

import sys

import pytest
from factories.processes import program, run

from comparisons.frameworks import worker_environment

PATCH = """
import importlib
from jax.experimental import rnn

CALLS = []


def packed(x, h, c, weights, seq_lengths, **sizes):
    CALLS.append(x.shape)
    shape = [sizes[n] for n in ("input_size", "hidden_size", "num_layers")]
    both = sizes["bidirectional"]
    parts = rnn.unpack_lstm_weights(weights, *shape, both)
    return rnn.lstm_ref(x, h, c, *parts, seq_lengths=seq_lengths, **sizes)


backend = importlib.import_module("keras.src.backend.jax.rnn")
backend._is_gpu_available = lambda: True
rnn.lstm = packed
"""

CHECKS = """
import keras_impl
from comparisons.equivalence.case import Case
from comparisons.equivalence.checks import full_checks

keras_impl.configure("cpu", 1, "float32", 0)
for both in (False, True):
    case = Case("forecaster", "lstm", "values", "native", 2, both, False)
    found = full_checks(keras_impl, case, "float32", "step")
    assert {one.check for one in found} >= {"forward", "gradient"}
    over = [one for one in found if not one.measured <= one.limit]
    assert not over, over
    assert CALLS, "cuDNN was not chosen"
    CALLS.clear()
"""

STRICT = """
import jax
from jax.experimental import rnn

allowed = rnn._lstm_cudnn_allow_tf32
assert jax.config.jax_default_matmul_precision == "highest"
assert not allowed(None), "cuDNN rounds factors to TF32"
with jax.default_matmul_precision(None):
    assert allowed(None)
"""

TF32 = """
import importlib
from jax import lax
from jax import numpy as jnp

module = importlib.import_module("keras.src.backend.jax.numpy")
exact = module.matmul


def rounded(x):  # to the 10 bits that a factor in TF32 keeps
    bits = lax.bitcast_convert_type(x, jnp.uint32)
    bits = bits + jnp.uint32(0x0FFF) + ((bits >> 13) & 1)
    bits = bits & jnp.uint32(0xFFFFE000)
    near = lax.bitcast_convert_type(bits, jnp.float32)
    return x + lax.stop_gradient(near - x)


module.matmul = lambda *factors: exact(
    *(rounded(module.convert_to_tensor(factor)) for factor in factors)
)
"""

ROUNDED = """
import keras_impl
from comparisons.equivalence.case import Case
from comparisons.equivalence.checks import full_checks
from comparisons.equivalence.limits import LIMITS

keras_impl.configure("cpu", 1, "float32", 0)
case = Case("forecaster", "gru", "values", "native", 1, False, False)
found = full_checks(keras_impl, case, "float32", "step")
for one in found:
    if one.check in ("forward", "gradient"):
        low, high = (LIMITS[p][one.check] for p in ("float32", "tf32"))
        assert low < one.measured <= high, one
"""

JAX = worker_environment("keras-jax", "float32", "cpu", 1)


@pytest.mark.keras
@pytest.mark.jax
def test_the_weights_of_an_lstm_are_packed_as_cudnn_reads_them():
    done = run(program("keras-jax", PATCH + CHECKS), env=JAX)
    assert done.code == 0, done


@pytest.mark.jax
def test_cudnn_computes_in_float32_where_it_is_strict():
    done = run([sys.executable, "-c", STRICT], env=JAX)
    assert done.code == 0, done


@pytest.mark.keras
@pytest.mark.jax
def test_a_gru_in_tf32_is_over_the_limits_of_float32_alone():
    """So a GPU that rounds factors is seen, and not taken for a wrong GRU."""
    done = run(program("keras-jax", TF32 + ROUNDED), env=JAX)
    assert done.code == 0, done

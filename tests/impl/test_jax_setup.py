"""Device, precision and first weights of the JAX package."""

import os

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from factories.implementations import configured

import jax_impl
from jax_impl.device import PRECISIONS, find_device
from jax_impl.weights import named_tensors
from shared.errors import DeviceError, SpecError
from shared.specs import ModelSpec
from shared.weights.init import initial_weights

pytestmark = pytest.mark.jax

GRU = ModelSpec(cell="gru", hidden_size=4, init="native")


@pytest.mark.parametrize(
    ("precision", "products"),
    [
        ("float32", "highest"),
        ("tf32", "tensorfloat32"),
        ("float64", "highest"),
    ],
)
def test_only_tf32_rounds_the_factors_of_products(precision, products):
    configured("jax_impl", precision)
    assert jax.config.jax_default_matmul_precision == products
    assert jax.config.jax_enable_x64 == (precision == "float64")


def test_bf16_is_an_algorithm_of_products_on_a_gpu_alone(monkeypatch):
    """A CPU ignores the algorithm: there the row would be one of float32."""
    with pytest.raises(DeviceError, match="no precision bf16 on a CPU"):
        jax_impl.configure("cpu", 1, "bf16", 0)
    dtype, products = PRECISIONS["bf16"]
    assert dtype == jnp.float32
    for name, algorithm in ((products, "bf16"), ("highest", "none")):
        with jax.default_matmul_precision(name):
            program = jax.export.export(
                jax.jit(jnp.matmul), platforms=["cuda"]
            )(*[jax.ShapeDtypeStruct((2, 2), jnp.float32)] * 2)
        text = program.mlir_module()
        rounds = "lhs_precision_type = bf16" in text
        sums = "accumulation_type = f32" in text
        assert (rounds and sums) == (algorithm == "bf16"), text


def test_the_number_of_threads_is_that_of_the_client(monkeypatch):
    monkeypatch.setenv("PJRT_NPROC", "7")
    jax_impl.configure("cpu", 0, "float32", 0)
    assert os.environ["PJRT_NPROC"] == "7"  # all cores: nothing is set
    jax_impl.configure("cpu", 3, "float32", 0)
    assert os.environ["PJRT_NPROC"] == "3"


def test_a_missing_gpu_is_an_error_only_if_it_is_requested(monkeypatch):
    cpu = jax.devices("cpu")

    def devices(kind):
        if kind == "gpu":
            raise RuntimeError("unknown backend: gpu")
        return cpu

    monkeypatch.setattr(jax, "devices", devices)
    with pytest.raises(DeviceError, match="no GPU"):
        find_device("gpu")
    assert find_device("auto") == cpu[0]


def test_first_weights_from_scratch_keep_to_the_bound_of_pytorch():
    """Uniform in ±1/√H, as of torch.nn.LSTM."""
    configured("jax_impl", "float32")
    spec = ModelSpec(cell="lstm", hidden_size=64, impl="scratch", init="native")
    weights = jax_impl.export_weights(jax_impl.build_model(spec))
    for name, weight in weights.items():
        if name.startswith("rnn."):
            assert 0.95 / 8 < np.abs(weight).max() <= 1 / 8, name


def test_the_frameworks_own_gru_has_no_recurrent_bias():
    configured("jax_impl", "float32")
    model = jax_impl.build_model(GRU)
    assert "rnn.0.b_hh" not in [name for name, _, _ in named_tensors(model)]
    weights = initial_weights(GRU, 0)
    assert not weights["rnn.0.b_hh"].any()
    jax_impl.load_weights(model, weights)
    weights["rnn.0.b_hh"][0] = 0.5
    with pytest.raises(SpecError, match=r"no bias rnn\.0\.b_hh"):
        jax_impl.load_weights(model, weights)

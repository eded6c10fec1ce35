"""Weights that no training has changed: loaded, exported, initialized."""

import importlib

import numpy as np
import pytest
from factories.implementations import PACKAGES

from shared.specs import ModelSpec

X = np.random.default_rng(0).normal(size=(4, 6, 3)).astype("f4")
SIZES = {"input_size": 3, "hidden_size": 5}


def built(package, spec, seed):
    implementation = importlib.import_module(package)
    implementation.configure("cpu", 1, "float64", seed)
    return implementation, implementation.build_model(spec)


@pytest.mark.parametrize(
    ("package", "cell"),
    [*((package, "gru") for package in PACKAGES), (PACKAGES[0], "lstm")],
)
def test_native_weights_move_to_another_model(package, cell):
    """PyTorch draws a second bias too, which no canonical weight is."""
    spec = ModelSpec(cell=cell, init="native", bidirectional=True, **SIZES)
    implementation, first = built(package, spec, 1)
    weights = implementation.export_weights(first)
    expected = implementation.predict(first, X, None)
    implementation, second = built(package, spec, 2)
    assert not np.allclose(implementation.predict(second, X, None), expected)
    implementation.load_weights(second, weights)
    found = implementation.predict(second, X, None)
    np.testing.assert_allclose(found, expected, rtol=1e-12)


@pytest.mark.torch
@pytest.mark.parametrize("cell", ["rnn", "gru", "lstm"])
def test_pytorch_trains_both_biases_of_its_own_initialization(cell):
    spec = ModelSpec(cell=cell, init="native", **SIZES)
    implementation, model = built("pytorch_impl", spec, 0)
    sizes = [parameter.numel() for parameter in model.parameters()]
    assert implementation.count_parameters(model) == sum(sizes)


@pytest.mark.torch
@pytest.mark.parametrize("impl", ["native", "scratch"])
def test_pytorch_draws_within_one_over_the_root_of_the_hidden_size(impl):
    """Of hundreds of uniform numbers the largest is near the bound."""
    spec = ModelSpec(
        cell="gru", impl=impl, init="native", input_size=3, hidden_size=25
    )
    implementation, model = built("pytorch_impl", spec, 0)
    for name, weight in implementation.export_weights(model).items():
        if name.startswith("rnn."):
            assert 0.9 / 5 < np.abs(weight).max() <= 1 / 5, name


@pytest.mark.keras
@pytest.mark.parametrize(("cell", "gates"), [("rnn", 1), ("gru", 3)])
def test_keras_draws_recurrent_weights_from_scratch_by_glorot(cell, gates):
    """Of hundreds of uniform numbers the largest is near the bound."""
    spec = ModelSpec(
        cell=cell, impl="scratch", init="native", input_size=3, hidden_size=25
    )
    implementation, model = built("keras_impl", spec, 0)
    weight = implementation.export_weights(model)["rnn.0.w_hh"]  # (H, GH)
    bound = np.sqrt(6 / (25 + gates * 25))
    assert 0.9 * bound < np.abs(weight).max() <= bound


@pytest.mark.keras
@pytest.mark.parametrize("impl", ["native", "scratch"])
def test_keras_has_a_path_for_each_weight(impl):
    """On PyTorch Keras clears gradients by path: of two alike, one sums up."""
    spec = ModelSpec(
        model="seq2seq",
        cell="gru",
        input="embedding",
        input_size=5,
        embedding_size=3,
        hidden_size=4,
        output_size=5,
        num_layers=2,
        impl=impl,
    )
    _, model = built("keras_impl", spec, 0)
    paths = [variable.path for variable in model.variables]
    assert len(set(paths)) == len(paths)

"""Canonical weights in each layout: what its layers compute with them."""

from __future__ import annotations

import numpy as np
import pytest
from export.small_models import CELLS, drawn_weights, spec, words
from factories.implementations import configured

from comparisons.equivalence.deviation import deviation, largest_deviation
from comparisons.export.layers import LAYOUTS, find_layers
from comparisons.export.layouts import ONNX
from comparisons.export.relayout import model_tensors, to_canonical, to_stored
from shared.errors import UserError
from shared.reference import model as reference_model
from shared.specs import NATIVE_CELLS, WEIGHT_NAMES

PACKAGES = {"pytorch_impl": "pytorch", "keras_impl": "keras", "jax_impl": "jax"}
LIMIT = 1e-5


def stack(cell):
    """Two bidirectional layers: the model's head only passes them on."""
    model = spec(
        "tagger", cell, num_layers=2, bidirectional=True, output_size=8
    )
    weights = drawn_weights(model)
    rows = {"head.weight": np.eye(8), "head.bias": np.zeros(8)}
    return model, {**weights, **rows}


def layer_of(cell):
    _, weights = stack(cell)
    prefix = "rnn.1.reverse."
    return {part: weights[prefix + part] for part in WEIGHT_NAMES[cell]}


def recurrent_part(weights):
    return {name: w for name, w in weights.items() if "rnn" in name}


@pytest.mark.parametrize("package", PACKAGES)
@pytest.mark.parametrize("cell", CELLS)
def test_stock_layers_compute_what_the_reference_does(package, cell):
    implementation = configured(package, "float32")
    model, weights = stack(cell)
    layout = LAYOUTS[PACKAGES[package]]
    tensors = model_tensors(layout, model, recurrent_part(weights))
    layers = find_layers(PACKAGES[package], tensors, cell)
    directions = [[d.tensors for d in layer] for layer in layers.directions]
    x = np.random.default_rng(2).standard_normal((3, 6, 5)).astype("f4")
    found = implementation.run_layers(cell, directions, x)
    # The tagger of the reference reads the first column of indices.
    read = model_of_values(model)
    expected = reference_model.forward(read, weights, x, None)
    assert deviation(found, expected) <= LIMIT


def model_of_values(model):
    """The same layers in a model that reads values."""
    return spec(
        "speech_recognizer",
        model.cell,
        num_layers=model.num_layers,
        bidirectional=True,
        output_size=8,
    )


@pytest.mark.parametrize("framework", LAYOUTS)
@pytest.mark.parametrize("cell", CELLS)
def test_what_is_written_is_read_again(framework, cell):
    model, weights = stack(cell)
    weights = recurrent_part(weights)
    tensors = model_tensors(LAYOUTS[framework], model, weights)
    found = find_layers(framework, tensors, cell)
    assert largest_deviation(found.weights, weights) == 0.0
    sizes = ("cell", "input_size", "hidden_size", "num_layers", "bidirectional")
    for name in sizes:
        assert getattr(found.spec, name) == getattr(model, name)


@pytest.mark.parametrize("layout", [*LAYOUTS.values(), ONNX])
def test_each_cell_has_its_gates_and_all_its_weights(layout):
    for cell in NATIVE_CELLS:
        parts = {p for row in layout.tensors[cell].values() for p in row}
        assert parts >= set(WEIGHT_NAMES[cell])
        canonical = layer_of(cell)
        again = to_canonical(layout, cell, to_stored(layout, cell, canonical))
        assert largest_deviation(again, canonical) == 0.0


NAMES = {
    "pytorch": (
        *("character_rnn.weight_ih_l0", "character_rnn.weight_ih_l0_reverse"),
        *("character_embedding.weight", "shapes.weight", "rnn.weight_ih_l0"),
    ),
    "keras": (
        "character_rnn_0.forward_layer.cell.kernel",
        "character_rnn_0.backward_layer.cell.kernel",
        *("character_embedding.embeddings", "shapes.embeddings"),
        "rnn_0.cell.kernel",
    ),
    "jax": (
        "character_rnn_0.forward_rnn.cell.dense_i.kernel",
        "character_rnn_0.backward_rnn.cell.dense_i.kernel",
        *("character_embedding.embedding", "shapes.embedding"),
        "rnn_0.cell.dense_i.kernel",
    ),
}


@pytest.mark.parametrize("framework", LAYOUTS)
def test_the_layers_over_characters_have_names_of_their_own(framework):
    model = words("lstm", shape_size=6)
    weights = drawn_weights(model)
    tensors = model_tensors(LAYOUTS[framework], model, weights)
    assert set(NAMES[framework]) <= tensors.keys()
    prefix = "characters.rnn.0."
    forward, backward, *_ = (tensors[n] for n in NAMES[framework])
    for found, part in ((forward, ""), (backward, "reverse.")):
        stored = to_stored(
            LAYOUTS[framework],
            "lstm",
            {p: weights[f"{prefix}{part}{p}"] for p in WEIGHT_NAMES["lstm"]},
        )
        assert np.array_equal(found, next(iter(stored.values())))


def test_the_two_biases_of_pytorch_are_added_for_an_lstm_alone():
    for cell, added in {"lstm": True, "rnn": True, "gru": False}.items():
        tensors = to_stored(LAYOUTS["pytorch"], cell, layer_of(cell))
        tensors["bias_hh"] = tensors["bias_hh"] + 1.0
        found = to_canonical(LAYOUTS["pytorch"], cell, tensors)
        expected = layer_of(cell)
        name = "b_ih" if added else "b_hh"
        expected[name] = expected[name] + 1.0
        assert largest_deviation(found, expected) == 0.0


def test_a_layer_without_biases_has_zeros():
    tensors = to_stored(LAYOUTS["keras"], "gru", layer_of("gru"))
    del tensors["bias"]
    found = to_canonical(LAYOUTS["keras"], "gru", tensors)
    assert not found["b_ih"].any()
    assert not found["b_hh"].any()
    assert found["b_hh"].shape == (12,)


def test_the_gru_with_one_bias_is_refused():
    tensors = to_stored(LAYOUTS["keras"], "gru", layer_of("gru"))
    tensors["bias"] = tensors["bias"][0]
    with pytest.raises(UserError, match="reset_after=False"):
        to_canonical(LAYOUTS["keras"], "gru", tensors)

"""Recurrent layers in a file: their names, cell, order, and refusals."""

from __future__ import annotations

import numpy as np
import pytest

from comparisons.export.layers import find_layers
from comparisons.export.layouts import KERAS, ONNX
from comparisons.export.report import changes
from shared.errors import UserError


def torch_tensors(prefix="", blocks=4, size=3, hidden=2, layers=1):
    tensors = {}
    for layer in range(layers):
        read = size if not layer else hidden
        shapes = {
            "weight_ih": (blocks * hidden, read),
            "weight_hh": (blocks * hidden, hidden),
            "bias_ih": (blocks * hidden,),
            "bias_hh": (blocks * hidden,),
        }
        for part, shape in shapes.items():
            tensors[f"{prefix}{part}_l{layer}"] = np.ones(shape, np.float32)
    return tensors


@pytest.mark.parametrize(("blocks", "cell"), [(4, "lstm"), (3, "gru")])
def test_the_shapes_determine_the_cell(blocks, cell):
    found = find_layers("pytorch", torch_tensors("encoder.lstm.", blocks))
    assert found.spec.cell == cell
    assert (found.spec.input_size, found.spec.hidden_size) == (3, 2)


def test_one_block_does_not_determine_the_activation():
    tensors = torch_tensors(blocks=1)
    with pytest.raises(UserError, match="--cell: rnn, rnn-relu"):
        find_layers("pytorch", tensors)
    assert find_layers("pytorch", tensors, "rnn-relu").spec.cell == "rnn-relu"


def test_a_cell_that_the_shapes_contradict_is_refused():
    with pytest.raises(UserError, match="not of gru; choices: lstm"):
        find_layers("pytorch", torch_tensors(), "gru")


def test_of_two_stacks_one_is_chosen():
    tensors = torch_tensors("encoder.") | torch_tensors("decoder.", 3)
    with pytest.raises(UserError, match="--layer: encoder, decoder"):
        find_layers("pytorch", tensors)
    assert find_layers("pytorch", tensors, "", "decoder").spec.cell == "gru"
    with pytest.raises(UserError, match="did you mean 'encoder'"):
        find_layers("pytorch", tensors, "", "encodr")


def test_layers_keep_their_order_beyond_nine():
    tensors = {}
    for number in (10, 9, 1):
        name = f"lstm_{number}.cell"
        tensors[f"{name}.kernel"] = np.full((2, 8), number, np.float32)
        tensors[f"{name}.recurrent_kernel"] = np.ones((2, 8), np.float32)
    found = find_layers("keras", tensors)
    kernels = [found.weights[f"rnn.{n}.w_ih"][0, 0] for n in range(3)]
    assert kernels == [1, 9, 10]


def test_layers_that_do_not_follow_each_other_are_refused():
    tensors = torch_tensors(size=3, layers=2)
    tensors["weight_ih_l1"] = np.ones((8, 5), np.float32)
    with pytest.raises(UserError, match="no stack"):
        find_layers("pytorch", tensors)


def test_what_is_no_layer_of_a_framework_is_refused():
    with pytest.raises(UserError, match="no recurrent layer"):
        find_layers("pytorch", {"fc.weight": np.ones((2, 2))})
    projected = torch_tensors() | {"weight_hr_l0": np.ones((1, 2))}
    with pytest.raises(UserError, match="a projection has no counterpart"):
        find_layers("pytorch", projected)
    lacking = torch_tensors()
    del lacking["weight_ih_l0"]
    with pytest.raises(UserError, match="weight_ih is missing"):
        find_layers("pytorch", lacking)


def test_the_report_says_what_was_done_to_each_weight():
    layers = find_layers("pytorch", torch_tensors("gru.", 3))
    rows = {row.canonical.split()[0]: row for row in changes(layers, KERAS)}
    gates = "gates r z n -> z r h"
    assert rows["rnn.0.w_ih"].source == "gru.weight_ih_l0 (6, 3)"
    assert rows["rnn.0.w_ih"].target == "rnn_0.cell.kernel (3, 6)"
    assert rows["rnn.0.w_ih"].change == f"transposed, {gates}"
    together = f"{gates}, b_ih and b_hh in one tensor"
    assert rows["rnn.0.b_hh"].change == together
    assert rows["rnn.0.b_hh"].target == "rnn_0.cell.bias (2, 6)"


def test_the_report_says_which_biases_are_added():
    layers = find_layers("pytorch", torch_tensors())
    rows = {row.canonical.split()[0]: row for row in changes(layers, KERAS)}
    assert rows["rnn.0.b_ih"].source == "bias_ih_l0 (8,) + bias_hh_l0 (8,)"
    assert "biases added" in rows["rnn.0.b_ih"].change
    rows = {row.canonical.split()[0]: row for row in changes(layers, ONNX)}
    assert "transposed" not in rows["rnn.0.w_ih"].change
    assert "gates i f g o -> i o f c" in rows["rnn.0.w_ih"].change

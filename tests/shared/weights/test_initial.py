"""First weights: shapes, number, orthogonality, forget bias."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from shared.specs import CELLS, GATES, RECURRENT_WEIGHTS, ModelSpec
from shared.weights.flops import count_parameters
from shared.weights.init import initial_weights
from shared.weights.layout import weight_shapes


@pytest.mark.parametrize(
    ("cell", "layers", "both", "kind"),
    list(
        itertools.product(CELLS, (1, 2), (False, True), ("values", "embedding"))
    ),
)
def test_closed_form_is_the_sum_of_sizes(cell, layers, both, kind):
    spec = ModelSpec(
        cell=cell,
        input=kind,
        input_size=7,
        embedding_size=5,
        hidden_size=6,
        output_size=3,
        num_layers=layers,
        bidirectional=both,
        impl="scratch",
    )
    weights = initial_weights(spec, 0)
    shapes = weight_shapes(spec)
    assert {name: w.shape for name, w in weights.items()} == shapes
    assert all(w.dtype == np.float32 for w in weights.values())
    assert count_parameters(spec) == sum(w.size for w in weights.values())


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("rnn", (4 + 8 + 1) * 8),
        ("lstm", 4 * (4 + 8 + 1) * 8),
        ("gru", 3 * (4 + 8 + 2) * 8),
        ("mgu", 2 * (4 + 8 + 1) * 8),
        ("mingru", 2 * (4 + 1) * 8),
        ("minlstm", 3 * (4 + 1) * 8),
    ],
)
def test_parameters_of_a_layer(cell, expected):
    spec = ModelSpec(
        cell=cell, input_size=4, hidden_size=8, output_size=2, impl="scratch"
    )
    assert count_parameters(spec) == expected + (8 + 1) * 2


@pytest.mark.parametrize("cell", [c for c in CELLS if RECURRENT_WEIGHTS[c]])
def test_recurrent_weights_are_orthogonal_gate_by_gate(cell):
    spec = ModelSpec(cell=cell, hidden_size=16, impl="scratch")
    w_hh = initial_weights(spec, 3)["rnn.0.w_hh"]
    gates = np.split(w_hh.astype(np.float64), GATES[cell], axis=1)
    for gate in gates:
        # Rounding to float32 leaves errors of about 16 * 6e-8.
        assert gate.T @ gate == pytest.approx(np.eye(16), abs=2e-6)
    for one, other in itertools.pairwise(gates):
        assert not np.allclose(one, other)


def test_only_the_forget_gate_has_a_bias():
    spec = ModelSpec(
        cell="lstm", hidden_size=4, num_layers=2, bidirectional=True
    )
    weights = initial_weights(spec, 0)
    biases = [w for name, w in weights.items() if name.endswith("b_ih")]
    assert len(biases) == 4
    for bias in biases:
        assert bias.tolist() == [0] * 4 + [1] * 4 + [0] * 8
    for cell in ("rnn", "gru", "mgu", "mingru"):
        weights = initial_weights(ModelSpec(cell=cell, impl="scratch"), 0)
        assert not weights["rnn.0.b_ih"].any()


def test_input_weights_keep_to_their_bound():
    spec = ModelSpec(cell="gru", input_size=10, hidden_size=40)
    limit = np.sqrt(6 / (10 + 40))
    largest = np.abs(initial_weights(spec, 0)["rnn.0.w_ih"]).max()
    assert 0.95 * limit < largest <= limit


def test_the_seed_decides_the_weights():
    spec = ModelSpec(cell="gru")
    first, again, other = (initial_weights(spec, seed) for seed in (0, 0, 1))
    assert all((first[name] == again[name]).all() for name in first)
    assert (first["rnn.0.w_hh"] != other["rnn.0.w_hh"]).any()


def test_each_cell_has_the_bias_of_its_own_gate():
    """Of the GRU the update gate's, of LSTM and minLSTM the forget gate's."""
    for cell, value in (("gru", 2.0), ("lstm", 3.0), ("minlstm", 3.0)):
        spec = ModelSpec(
            cell=cell,
            hidden_size=4,
            forget_bias=3.0,
            update_bias=2.0,
            impl="scratch",
        )
        bias = initial_weights(spec, 0)["rnn.0.b_ih"]
        assert (bias[4:8] == value).all()
        assert np.count_nonzero(bias) == 4


def test_orthogonal_matrices_favor_no_direction():
    """The mean of uniform orthogonal matrices is 0."""
    spec = ModelSpec(cell="rnn", hidden_size=4)
    drawn = [initial_weights(spec, seed)["rnn.0.w_hh"] for seed in range(400)]
    # An element has variance 1/4: five standard deviations of its mean.
    assert np.abs(np.mean(drawn, axis=0)).max() < 5 * 0.5 / 20


def test_embeddings_have_variance_1_over_their_size():
    spec = ModelSpec(input="embedding", input_size=2000, embedding_size=16)
    table = initial_weights(spec, 0)["embedding.table"]
    # Of 32,000 values: five standard deviations of the estimate.
    assert table.std() == pytest.approx(0.25, rel=5 / np.sqrt(2 * 32_000))


def test_a_character_encoder_is_one_layer_however_deep_the_tagger():
    spec = ModelSpec(
        "tagger",
        input="embedding",
        num_layers=3,
        char_encoder=True,
        char_size=8,
    )
    layers = {
        name.split(".")[2]
        for name in weight_shapes(spec)
        if name.startswith("characters.rnn.")
    }
    assert layers == {"0"}


def test_gains_of_a_normalized_cell_start_at_1_and_its_shift_at_0():
    spec = ModelSpec("classifier", "lstm", impl="scratch", layer_norm=True)
    weights = initial_weights(spec, 0)
    gains = {n: w for n, w in weights.items() if "gain" in n}
    assert {name.split(".")[-1] for name in gains} == {
        *("gain_ih", "gain_hh", "gain_c")
    }
    assert all((gain == 1.0).all() for gain in gains.values())
    (shift,) = (w for n, w in weights.items() if n.endswith("b_c"))
    assert not shift.any()


def test_kernels_have_the_variance_of_rectified_units():
    """2 / inputs of a unit (He et al. 2015): the rectifier halves it."""
    spec = ModelSpec("video_model", input_size=32 * 32, conv_channels=32)
    for name, kernel in initial_weights(spec, 0).items():
        if name.endswith(".kernel"):
            inputs = kernel[..., 0].size
            spread = 4 * np.sqrt(2 / kernel.size)  # standard errors
            assert kernel.var() * inputs / 2 == pytest.approx(1, abs=spread)

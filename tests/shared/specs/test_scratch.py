"""What only cells from scratch have, and what is refused elsewhere."""

import pytest

from shared.errors import SpecError
from shared.fields import current_fields
from shared.specs import CELLS, NORM_SPANS, ModelSpec
from shared.weights.flops import count_parameters
from shared.weights.header import model_of
from shared.weights.init import initial_weights
from shared.weights.layout import weight_shapes

NORM, DROP = {"layer_norm": True}, {"recurrent_dropout": 0.2}


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        (NORM, "not native layers; use --impl scratch"),
        (DROP, "not native layers; use --impl scratch"),
        (
            {**NORM, "cell": "mgu", "impl": "scratch"},
            "not defined for cell 'mgu'; cells that have it: rnn, gru, lstm",
        ),
        (
            {**DROP, "cell": "mingru", "impl": "scratch"},
            "cell 'mingru', where no matrix multiplies the state",
        ),
        (
            {**NORM, "impl": "scratch", "hidden_size": 1},
            "hidden_size of at least 2, not 1: one value minus its mean",
        ),
        (
            {
                **NORM,
                "impl": "scratch",
                "hidden_size": 2,
                "model": "seq2seq",
                "bidirectional": True,
            },
            "hidden_size of at least 2 in each direction, not 1",
        ),
        (
            {
                **NORM,
                "impl": "scratch",
                "model": "tagger",
                "char_encoder": True,
                "char_hidden_size": 1,
            },
            "char_hidden_size of at least 2, not 1",
        ),
        (
            {**DROP, "impl": "scratch", "model": "seq2seq"},
            "a seq2seq model has no recurrent_dropout",
        ),
        (
            {"recurrent_dropout": 1.0, "impl": "scratch"},
            "recurrent_dropout must be below 1.0, not 1.0",
        ),
    ],
)
def test_what_layers_cannot_do_is_refused_in_one_line(fields, message):
    with pytest.raises(SpecError) as caught:
        ModelSpec(**fields)
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("cell", CELLS)
def test_cells_with_a_product_of_the_state_drop(cell):
    if "rnn.0.w_hh" not in weight_shapes(ModelSpec(cell=cell, impl="scratch")):
        with pytest.raises(SpecError, match="not defined for cell"):
            ModelSpec(cell=cell, impl="scratch", **DROP)
    else:
        assert ModelSpec(cell=cell, impl="scratch", **DROP).recurrent_dropout


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("rnn", (4 + 8 + 3) * 8),
        ("gru", 3 * (4 + 8 + 4) * 8),
        ("lstm", 4 * (4 + 8 + 3) * 8 + 2 * 8),
    ],
)
def test_parameters_of_a_normalized_layer(cell, expected):
    sizes = {"input_size": 4, "hidden_size": 8, "output_size": 2}
    spec = ModelSpec(cell=cell, impl="scratch", layer_norm=True, **sizes)
    weights = initial_weights(spec, 0)
    assert count_parameters(spec) == expected + (8 + 1) * 2
    assert count_parameters(spec) == sum(w.size for w in weights.values())


@pytest.mark.parametrize("cell", NORM_SPANS)
def test_gains_are_1_and_other_weights_those_without_them(cell):
    plain = ModelSpec(cell=cell, impl="scratch")
    spec = ModelSpec(cell=cell, impl="scratch", layer_norm=True)
    before, weights = (initial_weights(one, 3) for one in (plain, spec))
    assert all((weights[name] == w).all() for name, w in before.items())
    added = {name: weights[name] for name in weights.keys() - before.keys()}
    assert {name for name, w in added.items() if (w == 1).all()} == {
        name for name in added if "gain" in name
    }
    assert not any(w.any() for name, w in added.items() if "gain" not in name)


def test_a_model_stored_before_has_neither():
    stored = {"model": "classifier", "cell": "gru", "impl": "scratch"}
    for model in (model_of(stored), ModelSpec(**current_fields(stored, ()))):
        assert not model.layer_norm
        assert model.recurrent_dropout == 0.0

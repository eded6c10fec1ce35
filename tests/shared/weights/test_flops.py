"""Floating-point operations of a training step."""

import itertools
from math import prod

import pytest

from shared.specs import CELLS, ModelSpec
from shared.weights.flops import step_flops
from shared.weights.layout import weight_shapes

BATCH, STEPS, CHARACTERS = 5, 7, 3

MODELS = {
    "forecaster": {"input_size": 2},
    "classifier": {"input": "onehot", "input_size": 9, "output_size": 4},
    "tagger": {
        "input": "embedding",
        "input_size": 9,
        "embedding_size": 6,
        "output_size": 4,
        "char_encoder": True,
        "char_size": 8,
        "char_embedding_size": 5,
        "char_hidden_size": 3,
    },
    "language_model": {
        "input": "embedding",
        "input_size": 9,
        "embedding_size": 6,
        "output_size": 9,
    },
    "frame_model": {"input_size": 3, "output_size": 3},
    "sequence_forecaster": {"input_size": 2, "output_size": 3},
    "autoencoder": {"input_size": 2, "output_size": 2},
    "speech_recognizer": {"input_size": 3, "output_size": 4},
    "video_model": {"input_size": 25, "output_size": 20, "conv_channels": 6},
}
ONE_WAY = (
    *("language_model", "frame_model", "sequence_forecaster"),
    "video_model",
)
HEADS = {
    "forecaster": BATCH,
    "classifier": BATCH,
    "tagger": BATCH * STEPS,
    "language_model": BATCH * STEPS,
    "frame_model": BATCH * STEPS,
    "sequence_forecaster": BATCH * STEPS,
    "autoencoder": BATCH * STEPS,
    "speech_recognizer": BATCH * STEPS,
    "video_model": BATCH * STEPS,
}


def test_a_small_case_by_hand():
    """An LSTM of 3 units on 2 tokens as one-hot vectors, B 1, T 1.

    Four gates of 3 columns, each with 2 + 3 products and as many sums: 120.
    The head has 3 · 2 · 2 = 12. Forward 132, backward twice that.
    """
    spec = ModelSpec(
        model="language_model",
        cell="lstm",
        input="onehot",
        input_size=2,
        hidden_size=3,
        output_size=2,
    )
    assert step_flops(spec, 1, 1) == 132 + 264
    assert step_flops(spec, 4, 10) == 40 * 396


def from_shapes(spec):
    """A matrix's elements, multiplied and added once for each row it reads."""
    total = 0
    for name, shape in weight_shapes(spec).items():
        rows = BATCH * STEPS
        if name.startswith("head"):
            rows = HEADS[spec.model]
        elif name.startswith("characters"):
            rows *= CHARACTERS
        if name.endswith("kernel"):  # at 3 by 3 places of a frame of 5 by 5
            places = {"conv.0.kernel": 9, "conv.1.kernel": 4}.get(name, 4)
            total += 2 * rows * places * prod(shape)
        if len(shape) == 2 and not name.endswith("table"):
            total += 2 * rows * shape[0] * shape[1]
    return 3 * total


@pytest.mark.parametrize("model", MODELS)
def test_flops_follow_from_the_shapes_of_the_weights(model):
    ways = (False,) if model in ONE_WAY else (False, True)
    for cell, layers, both in itertools.product(CELLS, (1, 3), ways):
        spec = ModelSpec(
            model=model,
            cell=cell,
            num_layers=layers,
            bidirectional=both,
            hidden_size=4,
            impl="scratch",
            **MODELS[model],
        )
        found = step_flops(spec, BATCH, STEPS, CHARACTERS)
        assert found == from_shapes(spec), spec


def test_pooling_in_two_ways_doubles_the_head():
    fields = MODELS["classifier"] | {"model": "classifier"}
    one, two = (
        ModelSpec(**fields, pooling=pooling) for pooling in ("max", "mean+max")
    )
    more = step_flops(two, BATCH, STEPS) - step_flops(one, BATCH, STEPS)
    assert more == 3 * 2 * BATCH * 32 * 4
    assert step_flops(two, BATCH, STEPS) == from_shapes(two)


def test_a_tied_head_multiplies_by_the_table():
    spec = ModelSpec(
        model="language_model",
        input="embedding",
        input_size=9,
        embedding_size=4,
        hidden_size=4,
        output_size=9,
        tie_weights=True,
    )
    head = 3 * 2 * BATCH * STEPS * 4 * 9
    assert step_flops(spec, BATCH, STEPS) == from_shapes(spec) + head

"""Cells without U: one scan over all steps is the loop over time."""

import importlib

import numpy as np
import pytest
from factories.implementations import PACKAGES, configured, tensor

from shared.reference.layer import layer as reference_layer
from shared.reference.stack import layer_weights
from shared.specs import IMPLS_OF, TABLE, ModelSpec
from shared.weights.init import initial_weights

LINEAR = [name for name, cell in TABLE.items() if cell.linear]
BATCH, STEPS, SIZE, HIDDEN = 3, 7, 2, 4
LIMIT = 1e-10


def array(*shape, seed=0):
    return np.random.default_rng([seed, *shape]).normal(size=shape)


def built(package, cell, both=False):
    """A model in float64, and its weights."""
    implementation = configured(package, "float64")
    spec = ModelSpec(
        model="classifier",
        cell=cell,
        input_size=SIZE,
        hidden_size=HIDDEN,
        output_size=2,
        bidirectional=both,
        impl="scratch",
    )
    model = implementation.build_model(spec)
    weights = {
        name: array(*w.shape, seed=number)
        for number, (name, w) in enumerate(initial_weights(spec, 0).items())
    }
    implementation.load_weights(model, weights)
    return model, weights


def assert_close(found, expected):
    found = found.detach() if hasattr(found, "detach") else found
    np.testing.assert_allclose(np.array(found), expected, rtol=0, atol=LIMIT)


def test_the_table_of_every_package_has_the_linear_cells():
    assert LINEAR
    for package in PACKAGES:
        cells = importlib.import_module(f"{package}.cells")
        assert list(cells.PARALLEL) == LINEAR
    assert all(IMPLS_OF[cell] == ("scratch",) for cell in LINEAR)


@pytest.mark.parametrize("package", PACKAGES)
@pytest.mark.parametrize(
    ("cell", "direction"), list(zip(LINEAR, ["", "reverse."], strict=True))
)
def test_the_scan_is_the_loop(package, cell, direction, monkeypatch):
    """Of sequences of different lengths, from a given state."""
    model, weights = built(package, cell, both=True)
    layer = model.recurrent.layers[0][int(bool(direction))]
    own = layer_weights(weights, f"rnn.0.{direction}")
    x, ends = array(BATCH, STEPS, SIZE), np.array([3, STEPS, 1], np.int32)
    state = array(BATCH, HIDDEN)
    *wanted, _ = reference_layer(
        *(cell, own, x, ends, bool(direction), (state,))
    )
    scratch, scanned = importlib.import_module(f"{package}.scratch"), []
    scan = scratch.associative_scan
    monkeypatch.setattr(
        scratch,
        "associative_scan",
        lambda *arguments: scanned.append(1) or scan(*arguments),
    )
    for parallel in (scratch.PARALLEL, {}):
        scanned.clear()
        monkeypatch.setattr(scratch, "PARALLEL", parallel)
        read = [tensor(package, a) for a in (x, ends, state)]
        outputs, (last,) = layer(*read[:2], (read[2],))
        assert bool(scanned) == bool(parallel)
        assert_close(last, wanted[1])
        for row, end in enumerate(ends):  # what is past an end is not read
            assert_close(outputs[row, :end], wanted[0][row, :end])


@pytest.mark.torch
def test_pytorch_scans_any_number_of_steps():
    """Even and odd at each level of the recursion."""
    scratch = importlib.import_module("pytorch_impl.scratch")
    for steps in range(1, 10):
        a, b = array(BATCH, steps, HIDDEN), array(BATCH, steps, HIDDEN, seed=1)
        pair = (tensor("pytorch_impl", a), tensor("pytorch_impl", b))
        for reverse in (False, True):
            found = scratch.associative_scan(pair, reverse)
            h, order = np.zeros((BATCH, HIDDEN)), range(steps)
            for t in reversed(order) if reverse else order:
                h = a[:, t] * h + b[:, t]
                assert_close(found[1][:, t], h)
            assert_close(found[0][:, 0 if reverse else -1], a.prod(axis=1))


@pytest.mark.parametrize("package", PACKAGES)
def test_a_single_step_is_not_scanned(package, monkeypatch):
    """Decoders step from a state to the next."""
    model, _ = built(package, LINEAR[0])
    (layer,) = model.recurrent.layers[0]
    scratch = importlib.import_module(f"{package}.scratch")
    monkeypatch.delattr(scratch, "associative_scan")
    outputs, _ = layer(tensor(package, array(BATCH, 1, SIZE)))
    assert outputs.shape == (BATCH, 1, HIDDEN)


@pytest.mark.keras
@pytest.mark.parametrize("reverse", [False, True])
def test_keras_scans_where_the_number_of_steps_varies(reverse):
    """TensorFlow traces one program for all T: values and gradients."""
    tf = importlib.import_module("tensorflow")
    scratch = importlib.import_module("keras_impl.scratch")
    configured("keras_impl", "float64")
    kind = tf.TensorSpec((BATCH, None, HIDDEN), "float64")

    def run(a, b):
        with tf.GradientTape() as tape:
            tape.watch((a, b))
            whole = scratch.associative_scan((a, b), reverse)
            total = tf.reduce_sum(whole[0] + whole[1] ** 2)
        return total, *tape.gradient(total, (a, b))

    traced = tf.function(run, input_signature=(kind, kind))
    for steps in (1, 2, 7):
        pair = [
            tf.constant(array(BATCH, steps, HIDDEN, seed=s)) for s in (1, 2)
        ]
        for found, expected in zip(traced(*pair), run(*pair), strict=True):
            np.testing.assert_allclose(found, expected, rtol=LIMIT)

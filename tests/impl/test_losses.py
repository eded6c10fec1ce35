"""The losses against the reference, or the same in float64."""

import jax
import jax.numpy as jnp
import keras
import numpy as np
import pytest
import torch
from keras import ops
from scipy.special import logsumexp

import jax_impl.losses
import keras_impl.losses
import pytorch_impl.losses
from shared.reference.ctc import ctc as reference_ctc
from shared.reference.losses import pinball
from shared.specs.ctc import label_targets

V = 30_000
STEP_LOSSES = {
    "pytorch": lambda y, x: pytorch_impl.losses.step_losses(
        torch.tensor(x), torch.tensor(y)
    ),
    "keras": lambda y, x: keras_impl.losses.step_losses(
        ops.convert_to_tensor(y), ops.convert_to_tensor(x)
    ),
    "jax": lambda y, x: jax_impl.losses.step_losses(
        jnp.asarray(x), jnp.asarray(y)
    ),
}


@pytest.mark.parametrize("framework", STEP_LOSSES)
def test_step_losses_of_30000_tokens_are_those_of_float64(framework):
    # Nearly equal terms round alike: along a strided axis, where float32
    # adds 30,000 of them one by one, a loss is off by 3e-5; pairwise by 1e-6.
    rng = np.random.default_rng(0)
    logits = rng.normal(0, 1e-3, (4, 25, V)).astype("float32")
    logits[..., 7] = 8.0
    targets = rng.integers(0, V, (4, 25))
    targets[1, 20:] = -1
    exact = logsumexp(logits.astype("float64"), axis=-1) - np.take_along_axis(
        logits.astype("float64"), np.maximum(targets, 0)[..., None], axis=-1
    ).squeeze(-1)
    losses = np.asarray(STEP_LOSSES[framework](targets, logits))
    assert losses.shape == targets.shape
    assert np.abs(losses - np.where(targets >= 0, exact, 0.0)).max() < 1e-5


BUILD_LOSS = {
    "pytorch": lambda name, rate, y, x: pytorch_impl.losses.build_loss(
        name, rate
    )(torch.tensor(x), torch.tensor(y)),
    "keras": lambda name, rate, y, x: keras_impl.losses.build_loss(name, rate)(
        ops.convert_to_tensor(y), ops.convert_to_tensor(x)
    ),
    "jax": lambda name, rate, y, x: jax_impl.losses.build_loss(name, rate)(
        jnp.asarray(x), jnp.asarray(y)
    ),
}


@pytest.mark.parametrize("framework", BUILD_LOSS)
@pytest.mark.parametrize("rate", [0.0, 0.05, 0.3])
def test_smoothing_moves_this_share_of_the_target_to_all_tokens(
    framework, rate
):
    rng = np.random.default_rng(0)
    logits = rng.normal(size=(2, 4, 5)).astype("float32")
    targets = np.array([[3, 0, 4, -1], [1, -1, -1, -1]])
    log_probs = logits - logsumexp(logits, axis=-1, keepdims=True)
    shares = (1 - rate) * np.eye(5)[targets] + rate / 5
    losses = -(shares * log_probs).sum(axis=-1)
    expected = losses[targets >= 0].mean()
    loss = BUILD_LOSS[framework]
    found = float(loss("masked_cross_entropy", rate, targets, logits))
    assert found == pytest.approx(expected, rel=1e-5)
    present = targets >= 0
    flat = (targets[present], logits[present])
    found = float(loss("cross_entropy", rate, *flat))
    assert found == pytest.approx(expected, rel=1e-5)


@pytest.mark.parametrize("framework", BUILD_LOSS)
@pytest.mark.parametrize("rate", [0.0, 0.05, 0.3])
def test_one_smoothed_logit_is_two_smoothed_classes(framework, rate):
    logits = np.array([[2.0], [-1.0], [0.5]], "float32")
    targets = np.array([1, 1, 0])
    loss = BUILD_LOSS[framework]
    both = np.concatenate([np.zeros_like(logits), logits], axis=1)
    one = float(loss("binary_cross_entropy", rate, targets, logits))
    two = float(loss("cross_entropy", rate, targets, both))
    assert one == pytest.approx(two, rel=1e-5)


RAGGED = ([1, 2, 3], [2, 2], [], [4], [1, 3], [3, 3, 3, 3])
FRAMES = np.array([9, 4, 1, 6, 2, 9])
"""Repeated labels, none, and as many as the frames can have."""


def ctc_batch(labels=RAGGED, steps=9):
    """Logits (B, T, K), and targets padded to two labels more."""
    logits = 3 * np.random.default_rng(0).normal(size=(len(labels), steps, 5))
    longest = [np.array(one, int) for one in (*labels, [1] * 6)]
    return logits, label_targets(longest, [*FRAMES, 13])[:-1]


def of_pytorch(logits, targets):
    x = torch.tensor(logits, requires_grad=True)
    loss = pytorch_impl.losses.ctc(x, torch.tensor(targets).long())
    loss.backward()
    return loss.item(), x.grad.numpy()


def of_keras(logits, targets):
    import tensorflow as tf

    x = tf.Variable(logits)
    keras.config.set_floatx(str(logits.dtype))
    try:
        with tf.GradientTape() as tape:
            loss = keras_impl.losses.ctc(targets, x)
    finally:
        keras.config.set_floatx("float32")
    return float(loss), tape.gradient(loss, x).numpy()


def of_jax(logits, targets):
    with jax.enable_x64(logits.dtype == np.float64):
        loss, gradient = jax.value_and_grad(jax_impl.losses.ctc)(
            jnp.asarray(logits), jnp.asarray(targets)
        )
        return float(loss), np.asarray(gradient)


CTC = {"pytorch": of_pytorch, "keras": of_keras, "jax": of_jax}


@pytest.mark.parametrize("framework", CTC)
@pytest.mark.parametrize("dtype, limit", [("f8", 1e-13), ("f4", 5e-6)])
def test_ctc_is_that_of_the_reference_on_ragged_batches(
    framework, dtype, limit
):
    logits, targets = ctc_batch()
    expected, slopes = reference_ctc(logits, targets)
    loss, gradient = CTC[framework](logits.astype(dtype), targets)
    assert loss == pytest.approx(expected, rel=limit)
    assert np.abs(gradient - slopes).max() < limit * np.abs(slopes).max()
    past = np.arange(9) >= FRAMES[:, None]
    assert not gradient[past].any()


def test_keras_compiles_ctc_for_any_number_of_labels():
    # As `fit` does, where batches differ in their longest string.
    import tensorflow as tf

    keras.config.set_floatx("float64")
    try:
        kinds = (
            tf.TensorSpec((None, None), "int32"),
            tf.TensorSpec((None, None, 5), "float64"),
        )
        loss = tf.function(keras_impl.losses.ctc, input_signature=kinds)
        logits, targets = ctc_batch()
        expected, _ = reference_ctc(logits[:2], targets[:2])
        for width in (4, targets.shape[1]):
            found = loss(targets[:2, :width].astype("int32"), logits[:2])
            assert float(found) == pytest.approx(expected, rel=1e-13)
    finally:
        keras.config.set_floatx("float32")


UNLIKELY = {"pytorch": np.inf, "keras": 706.9, "jax": 1e5}
"""The loss of labels that no path has: what each takes for log 0, or less."""


@pytest.mark.parametrize("framework", CTC)
def test_frameworks_disagree_on_labels_that_do_not_fit(framework):
    # Why `shared.tasks.audio.string_dataset` refuses them before the training.
    labels = (*RAGGED[:4], [3, 3], RAGGED[5])
    logits, targets = ctc_batch(labels)
    assert reference_ctc(logits, targets)[0] == np.inf
    loss, gradient = CTC[framework](logits.astype("f4"), targets)
    assert loss >= 0.9 * UNLIKELY[framework] / len(labels)
    assert np.isfinite(gradient).all() == (framework != "pytorch")
    if framework != "pytorch":
        assert loss < 1.2 * UNLIKELY[framework] / len(labels)


def test_the_loss_class_of_keras_counts_padding():
    # Why `keras_impl` calls `ops.ctc_loss` (Keras issue 21876).
    logits, targets = ctc_batch()
    labels = np.maximum(targets[:, 1:], 0)
    counted = float(keras.losses.CTC()(labels, logits.astype("f4")))
    assert counted > 1.2 * reference_ctc(logits, targets)[0]


LEVELS = (0.1, 0.5, 0.9)
PINBALL = {
    "pytorch": lambda y, x: pytorch_impl.losses.build_loss(
        "pinball", 0.0, LEVELS
    )(torch.tensor(x), torch.tensor(y)),
    "keras": lambda y, x: keras_impl.losses.build_loss("pinball", 0.0, LEVELS)(
        ops.convert_to_tensor(y), ops.convert_to_tensor(x)
    ),
    "jax": lambda y, x: jax_impl.losses.build_loss("pinball", 0.0, LEVELS)(
        jnp.asarray(x), jnp.asarray(y)
    ),
}


@pytest.mark.parametrize("framework", PINBALL)
@pytest.mark.parametrize("shape", [(4, 5), (4, 3, 2)])
def test_the_pinball_loss_is_that_of_the_reference(framework, shape):
    rng = np.random.default_rng(0)
    y = rng.normal(size=shape).astype("f4")
    x = rng.normal(size=(*shape[:-1], 3 * shape[-1])).astype("f4")
    expected, _ = pinball(x.astype(float), y.astype(float), LEVELS)
    assert float(PINBALL[framework](y, x)) == pytest.approx(expected, rel=1e-6)

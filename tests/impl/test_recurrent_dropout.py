"""Recurrent dropout: where its masks are, and how they are distributed.

Rows of a batch are equal, so that a batch is as many masks as it has rows.
"""

import importlib
from functools import cache
from itertools import combinations

import numpy as np
import pytest
from factories.implementations import PACKAGES, configured, tensor
from scipy import stats
from scipy.special import expit

from shared.specs import NORM_SPANS, ModelSpec, Split, TrainSpec
from shared.weights.init import initial_weights
from shared.weights.layout import weight_shapes

RATE, ROWS, STEPS, FEATURES, HIDDEN = 0.3, 1200, 4, 3, 5
CONFIDENCE = 2 * stats.norm.sf(3)
"""The share of right differences beyond 3 standard errors."""


def spec_of(cell, **fields):
    given = {"input_size": FEATURES, "hidden_size": HIDDEN, "impl": "scratch"}
    given |= {"recurrent_dropout": RATE, "output_size": 2, **fields}
    return ModelSpec("classifier", cell, **given)


def pytorch(model, x, weights):
    import torch

    model.train()
    x = torch.tensor(x, requires_grad=True)
    outputs = model.recurrent(x)[0]
    (outputs[:, -1] @ torch.tensor(weights)).sum().backward()
    return outputs.detach().numpy(), x.grad.numpy()


def keras(model, x, weights):
    return keras_gradient(lambda x: model.recurrent(x, training=True)[0])(
        x, weights
    )


def keras_gradient(layer):
    import tensorflow as tf

    def run(x, weights):
        x = tf.constant(x)
        with tf.GradientTape() as tape:
            tape.watch(x)
            outputs = layer(x)
            total = tf.reduce_sum(outputs[:, -1] * weights)
        return outputs.numpy(), tape.gradient(total, x).numpy()

    return run


def jax(model, x, weights):
    import jax.numpy as jnp
    from flax import nnx

    model.train()

    def total(x, model):
        outputs = model.recurrent(x)[0]
        return (outputs[:, -1] @ weights).sum(), outputs

    grad = nnx.value_and_grad(total, has_aux=True)
    (_, outputs), gradient = grad(jnp.asarray(x), model)
    return np.asarray(outputs), np.asarray(gradient)


RUNS = {"pytorch_impl": pytorch, "keras_impl": keras, "jax_impl": jax}
"""Package -> how its layers run in training: outputs, gradient by x."""


def run(package, spec, weights, x):
    model = configured(package, "float64").build_model(spec)
    configured(package, "float64").load_weights(model, weights)
    size = spec.hidden_size * (1 + spec.bidirectional)
    return RUNS[package](model, x, np.linspace(0.5, 1.5, size))


def weights_of(spec):
    """Random weights, biases too, which say what a mask does to each."""
    rng = np.random.default_rng(0)
    return {
        name: rng.normal(0.2, 0.5, shape).astype("f4")
        for name, shape in weight_shapes(spec).items()
    }


def rows_of(x):
    return np.repeat(x, ROWS, axis=0).astype("f8")


X = rows_of(np.random.default_rng(1).normal(size=(1, STEPS, FEATURES)))


@cache
def sample(package, cell, layer_norm):
    """Outputs (N, T, H) and gradients by x (N, T, D), a mask each."""
    spec = spec_of(cell, layer_norm=layer_norm)
    return run(package, spec, weights_of(spec), X)


@cache
def native_sample(cell):
    """The same of the layer of Keras, which has recurrent dropout itself."""
    from keras import layers

    native = {"rnn": layers.SimpleRNN, "gru": layers.GRU, "lstm": layers.LSTM}
    implementation = configured("keras_impl", "float64")
    spec = spec_of(cell, impl="native", recurrent_dropout=0.0)
    model = implementation.build_model(spec)
    implementation.load_weights(model, weights_of(spec))
    layer = native[cell](
        HIDDEN, return_sequences=True, recurrent_dropout=RATE, seed=3
    )
    layer.build(X.shape)
    layer.set_weights(model.recurrent.layers[0].get_weights())
    outputs = keras_gradient(lambda x: layer(x, training=True))
    return outputs(X, np.linspace(0.5, 1.5, HIDDEN))


def equal_in_distribution(one, other):
    """Means and spreads of all elements within 3 standard errors."""
    elements = [
        [a.reshape(len(a), -1).T for a in arrays] for arrays in (one, other)
    ]
    pairs = [
        (a, b)
        for mine, its in zip(*elements, strict=True)
        for a, b in zip(mine, its, strict=True)
        if a.std() > 1e-9 or b.std() > 1e-9  # no mask reaches the first step
    ]
    assert len(pairs) > STEPS
    # Bonferroni: none of so many comparisons is red by chance.
    share = CONFIDENCE / (2 * len(pairs))
    for a, b in pairs:
        assert stats.ttest_ind(a, b).pvalue > share
        spreads = [(one - one.mean()) ** 2 for one in (a, b)]
        assert stats.ttest_ind(*spreads).pvalue > share


@pytest.mark.parametrize("cell", NORM_SPANS)
@pytest.mark.parametrize(("one", "other"), [*combinations(PACKAGES, 2)])
def test_packages_are_equal_in_distribution(cell, one, other):
    equal_in_distribution(sample(one, cell, False), sample(other, cell, False))


@pytest.mark.parametrize("package", PACKAGES)
@pytest.mark.parametrize("cell", NORM_SPANS)
def test_distribution_is_that_of_the_native_layer_of_keras(package, cell):
    """A mask for each gate; the GRU's z h is not masked in Keras 3.15."""
    equal_in_distribution(sample(package, cell, False), native_sample(cell))


@pytest.mark.parametrize("package", PACKAGES)
def test_normalized_products_are_of_masked_states(package):
    equal_in_distribution(
        sample(package, "lstm", True), sample("pytorch_impl", "lstm", True)
    )


def echo(package, cell, both=False, scale=0.5):
    """Outputs of cells whose product is `scale` h, from an impulse at t = 0.

    tanh is nearly linear there: the state of an RNN is multiplied by
    scale m at each later step.
    """
    size = 40
    spec = spec_of(cell, hidden_size=size, input_size=1, bidirectional=both)
    weights = initial_weights(spec, 0)
    for name, weight in weights.items():
        if name.endswith("w_hh"):
            weight[:] = np.tile(scale * np.eye(size), weight.shape[1] // size)
        elif name.endswith("w_ih"):
            weight[:] = 1e-3
        else:
            weight[:] = 0.0
    x = np.ones((60, 1, 1))
    x = np.concatenate([x, np.zeros((60, 3, 1)), x * both], axis=1)
    return run(package, spec, weights, x)[0]


@pytest.mark.parametrize("package", PACKAGES)
def test_one_scaled_mask_per_sequence_and_direction(package):
    outputs = echo(package, "rnn", both=True)
    ahead, back = outputs[..., :40], outputs[:, ::-1, 40:]
    masks = []
    for states in (ahead, back):
        factors = states[:, 1:4] / np.maximum(states[:, :3], 1e-30)
        kept = states[:, 1] > 0
        np.testing.assert_allclose(factors[:, 0][~kept], 0.0)
        for step in factors.swapaxes(0, 1):  # each (B, H)
            np.testing.assert_allclose(step[kept], 0.5 / (1 - RATE), rtol=1e-5)
        # 2400 units: the share kept, and each sequence its own.
        assert abs(kept.mean() - (1 - RATE)) < 3 * np.sqrt(0.21 / kept.size)
        assert len({row.tobytes() for row in kept}) == len(kept)
        masks.append(kept)
    agreement = (masks[0] == masks[1]).mean()
    assert abs(agreement - 0.58) < 3 * np.sqrt(0.58 * 0.42 / 2400)


@pytest.mark.parametrize("package", PACKAGES)
@pytest.mark.parametrize("cell", ["gru", "lstm", "mgu"])
def test_the_state_itself_is_not_masked(package, cell):
    outputs = echo(package, cell, scale=0.0)
    assert outputs[:, -1].any()
    assert (outputs == outputs[:1]).all()


@pytest.mark.parametrize("package", PACKAGES)
def test_each_product_of_the_mgu_has_a_mask_of_its_own(package):
    """f of U (m_f h), n of U (m_n (f h)), with two masks that are known."""
    rng = np.random.default_rng(2)
    wx, h, w_hh = (rng.normal(size=s) for s in ((2, 6), (2, 3), (3, 6)))
    masks = np.array([[2.0, 0.0, 1.0], [0.0, 2.0, 2.0]])
    configured(package, "float64")
    step = importlib.import_module(f"{package}.cells").mgu_step
    (found,), _ = step(
        tensor(package, wx),
        (tensor(package, h),),
        tensor(package, w_hh),
        tuple(tensor(package, mask) for mask in masks),
    )
    f = expit(wx[:, :3] + (masks[0] * h) @ w_hh[:, :3])
    n = np.tanh(wx[:, 3:] + (masks[1] * f * h) @ w_hh[:, 3:])
    expected = (1 - f) * h + f * n
    np.testing.assert_allclose(np.asarray(found), expected, rtol=1e-12)


LOOPS = {
    "pytorch_impl": ("step",),
    "keras_impl": ("step", "train_on_batch"),
    "jax_impl": ("step", "pure", "scan"),
}


@pytest.mark.parametrize("package", PACKAGES)
def test_masks_follow_the_seed_in_every_loop(package):
    """All examples are equal, so that no order of batches is seen."""
    spec = spec_of("rnn")
    weights, found = weights_of(spec), {}
    split = Split(X[:8].astype("f4"), np.zeros(8, "i4"), None)
    implementation = configured(package, "float32")
    for loop, seed in [(one, s) for one in LOOPS[package] for s in (0, 5, 5)]:
        losses = []
        model = implementation.build_model(spec)
        implementation.load_weights(model, weights)
        training = TrainSpec(
            epochs=2, batch_size=4, learning_rate=1e-7, seed=seed, loop=loop
        )
        implementation.fit(
            model,
            split,
            training,
            lambda epoch, loss, losses=losses: losses.append(loss),
        )
        found.setdefault(loop, []).append(losses)
    for zero, five, again in found.values():
        assert five == again
        assert not set(five) & set(zero)
        assert len(set(five)) == len(five)  # each step draws masks of its own
    for loop in found.values():
        np.testing.assert_allclose(loop, found["step"], rtol=1e-5)

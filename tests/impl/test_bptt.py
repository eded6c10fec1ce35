"""Backpropagation through time by hand has the gradients of autodiff."""

import importlib

import numpy as np
import pytest
from factories.implementations import PACKAGES, configured, tensor

from shared.specs import IMPLS_OF, STATE_NAMES, ModelSpec
from shared.weights.init import initial_weights

CELLS = [cell for cell, impls in IMPLS_OF.items() if "bptt" in impls]
BATCH, STEPS, SIZE, HIDDEN = 3, 4, 2, 3
LENGTHS = np.array([2, STEPS, 1], np.int32)
LIMIT = 1e-12


def array(*shape, seed=0):
    return np.random.default_rng([seed, *shape]).normal(size=shape)


def built(package, cell, impl, both):
    """A layer in float64, with the same weights whatever the impl."""
    implementation = configured(package, "float64")
    spec = ModelSpec(
        model="classifier",
        cell=cell,
        input_size=SIZE,
        hidden_size=HIDDEN,
        output_size=2,
        bidirectional=both,
        impl=impl,
    )
    model = implementation.build_model(spec)
    weights = {
        name: array(*w.shape, seed=number)
        for number, (name, w) in enumerate(initial_weights(spec, 0).items())
    }
    implementation.load_weights(model, weights)
    return model.recurrent


def drawn_state(package, cell, both):
    """The state of each direction of the one layer."""
    numbers = range(len(STATE_NAMES[cell]))
    return [
        [
            tuple(
                tensor(package, array(BATCH, HIDDEN, seed=2 * n + way))
                for n in numbers
            )
            for way in range(1 + both)
        ]
    ]


def flat(tree):
    if isinstance(tree, (list, tuple)):
        return [leaf for part in tree for leaf in flat(part)]
    return [tree]


def total(outputs, state, inside):
    """A number that outputs and the last state change, but no padding."""
    parts = [outputs * inside, *flat(state)]
    return sum((part**2).sum() for part in parts)


def pytorch_gradients(layers, x, lengths, state, inside):
    leaves = [x, *flat(state)]
    for leaf in leaves:
        leaf.requires_grad_(True)
    total(*layers(x, lengths, state), inside).backward()
    return [leaf.grad for leaf in [*leaves, *layers.parameters()]]


def keras_gradients(layers, x, lengths, state, inside):
    ops = importlib.import_module("keras").ops
    tensorflow = importlib.import_module("tensorflow")
    leaves = [ops.convert_to_tensor(leaf) for leaf in [x, *flat(state)]]
    parts = iter(leaves[1:])
    state = [[tuple(next(parts) for _ in s) for s in layer] for layer in state]
    weights = [w.value for w in layers.trainable_variables]

    def gradients():
        with tensorflow.GradientTape() as tape:
            tape.watch(leaves)
            outputs, last = layers(leaves[0], lengths, state)
            parts = (outputs * inside, *flat(last))
            loss = sum(ops.sum(part**2) for part in parts)
        return tape.gradient(loss, [*leaves, *weights])

    if lengths is None:  # XLA, in a graph alone, takes a second for each loop
        gradients = tensorflow.function(gradients, autograph=False)
    return gradients()


def jax_gradients(layers, x, lengths, state, inside):
    nnx = importlib.import_module("flax.nnx")

    def loss(layers, x, state):
        return total(*layers(x, lengths, state), inside)

    found = nnx.jit(nnx.grad(loss, argnums=(0, 1, 2)))(layers, x, state)
    leaves = importlib.import_module("jax").tree.leaves
    return [leaf for part in found for leaf in leaves(part)]


GRADIENTS = {
    "pytorch_impl": pytorch_gradients,
    "keras_impl": keras_gradients,
    "jax_impl": jax_gradients,
}


@pytest.mark.parametrize("package", PACKAGES)
@pytest.mark.parametrize(
    ("cell", "both", "lengths"),
    [("gru", False, None), *((cell, True, LENGTHS) for cell in CELLS)],
    ids=["gru, full", *(f"{cell}, ragged" for cell in CELLS)],
)
def test_gradients_are_those_of_autodiff(package, cell, both, lengths):
    """Of the input, the initial state and all weights."""
    ends = np.full(BATCH, STEPS) if lengths is None else lengths
    inside = (np.arange(STEPS) < ends[:, None])[..., None].astype(float)
    if lengths is not None:
        lengths = tensor(package, lengths)
    found = {}
    for impl in ("scratch", "bptt"):
        layers = built(package, cell, impl, both)
        x = tensor(package, array(BATCH, STEPS, SIZE))
        state = drawn_state(package, cell, both)
        found[impl] = GRADIENTS[package](
            *(layers, x, lengths, state, tensor(package, inside))
        )
    assert len(found["bptt"]) == len(found["scratch"]) > 1
    for mine, wanted in zip(found["bptt"], found["scratch"], strict=True):
        mine, wanted = np.array(mine), np.array(wanted)
        assert np.abs(wanted).max() > 0
        np.testing.assert_allclose(mine, wanted, rtol=LIMIT, atol=LIMIT)


def test_pytorch_refuses_a_second_pass_over_what_the_first_overwrites():
    layers = built("pytorch_impl", "lstm", "bptt", False)
    x = tensor("pytorch_impl", array(BATCH, STEPS, SIZE))
    outputs, _ = layers(x)
    loss = outputs.sum()
    loss.backward(retain_graph=True)
    with pytest.raises(RuntimeError, match="a second backward pass"):
        loss.backward()

"""The minimal loops that language models are timed against."""

import importlib

import numpy as np
import pytest
import torch

from shared.specs import ModelSpec, Split, TrainSpec
from shared.weights.flops import count_parameters


def spec_of(cell):
    return ModelSpec(
        model="language_model",
        cell=cell,
        input="embedding",
        input_size=7,
        embedding_size=4,
        hidden_size=5,
        output_size=7,
        num_layers=2,
    )


def pytorch_net(spec):
    net = importlib.import_module("comparisons.bench.loops.language.pytorch")
    model, state = net.Net(spec), None

    def read(x):
        nonlocal state
        logits, state = model(torch.from_numpy(x), state)
        return logits.detach().numpy()

    counts = [
        parameter.numel()
        for name, parameter in model.named_parameters()
        if "bias_hh" not in name or spec.cell == "gru"  # redundant to bias_ih
    ]
    return read, sum(counts)


def keras_net(spec):
    net = importlib.import_module("comparisons.bench.loops.language.keras")
    model = net.build_model(spec, 2)
    return model.predict_on_batch, model.count_params()


def jax_net(spec):
    net = importlib.import_module("comparisons.bench.loops.language.jax")
    from flax import nnx
    from jax import tree

    model = net.Net(spec, nnx.Rngs(0))
    apply, carries = nnx.jit(net.Net.__call__), model.initial_carry(2)

    def read(x):
        nonlocal carries
        logits, carries = apply(model, x, carries)
        return np.asarray(logits)

    return read, sum(p.size for p in tree.leaves(nnx.state(model, nnx.Param)))


@pytest.mark.parametrize("cell", ["gru", "lstm"])
@pytest.mark.parametrize("net", [pytorch_net, keras_net, jax_net])
def test_a_minimal_loop_has_our_parameters_and_carries_the_state(net, cell):
    read, count = net(spec_of(cell))
    assert count == count_parameters(spec_of(cell))
    first, again = (read(np.array([[1, 2, 3], [4, 5, 6]])) for _ in range(2))
    assert first.shape == (2, 3, 7)
    # The same window after itself: only a state makes a difference.
    assert np.abs(first - again).max() > 1e-4


@pytest.mark.parametrize("name", ["pytorch", "keras", "jax"])
def test_each_minimal_loop_of_a_language_model_learns(name):
    loops = importlib.import_module(f"comparisons.bench.loops.language.{name}")
    spec, steps = spec_of("gru"), 20
    windows = np.tile(np.arange(1, 7, dtype=np.int32), (2, 1))
    split = Split(windows[:, :-1], windows[:, 1:], None)
    train = TrainSpec(epochs=2, batch_size=2, learning_rate=0.05)
    for loop in ("train", "train_tuned"):
        if hasattr(loops, loop):
            first, last = getattr(loops, loop)(
                *(spec, train, lambda epoch: [split] * steps, steps)
            )
            assert last < first < 2 * np.log(7)

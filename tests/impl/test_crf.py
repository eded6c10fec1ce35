"""The CRF of each package, against the reference, without a network."""

from __future__ import annotations

from types import SimpleNamespace

import jax.numpy as jnp
import numpy as np
import pytest
import torch
from factories.implementations import PACKAGES, configured
from keras import ops

import jax_impl.crf
import keras_impl.crf
import pytorch_impl.crf
from shared.reference import crf as reference
from shared.specs import ModelSpec

NLL = {
    "pytorch_impl": lambda y, x, crf: pytorch_impl.crf.crf_nll(
        torch.tensor(x), torch.tensor(y), crf
    ).item(),
    "keras_impl": lambda y, x, crf: float(
        keras_impl.crf.crf_nll(
            ops.convert_to_tensor(y), ops.convert_to_tensor(x), crf
        )
    ),
    "jax_impl": lambda y, x, crf: float(
        jax_impl.crf.crf_nll(jnp.asarray(x), jnp.asarray(y), crf)
    ),
}
K = 5
SPEC = ModelSpec(
    "tagger", "rnn", "embedding", input_size=3, output_size=K, crf=True
)


def case(lengths, scale=1.0):
    """Outputs, targets, lengths, and weights of a CRF."""
    rng = np.random.default_rng([len(lengths), max(lengths)])
    ends = np.array(lengths, np.int32)
    shape = (len(ends), ends.max())
    inside = np.arange(shape[1]) < ends[:, None]
    tags = np.where(inside, rng.integers(0, K, shape), -1).astype(np.int32)
    shapes = ((K, K), (K,), (K,))
    weights = [rng.normal(0, scale, size) for size in shapes]
    return rng.normal(0, scale, (*shape, K)), tags, ends, weights


def built(package, weights):
    """A CRF of the package with these weights."""
    implementation = configured(package, "float64")
    model = implementation.build_model(SPEC)
    exported = implementation.export_weights(model)
    named = dict(zip(reference.CRF_WEIGHTS, weights))
    implementation.load_weights(model, {**exported, **named})
    return implementation, model, named


CASES = {"ragged": (6, 1, 4, 2), "one word": (1, 1), "full": (3, 3, 3)}


@pytest.mark.parametrize("package", PACKAGES)
@pytest.mark.parametrize("lengths", CASES)
@pytest.mark.parametrize("scale", [1.0, 300.0])
def test_losses_and_tags_are_those_of_the_reference(package, lengths, scale):
    outputs, tags, ends, weights = case(CASES[lengths], scale)
    implementation, model, named = built(package, weights)
    loss = NLL[package](tags, outputs, model.crf)
    expected, *_ = reference.crf_nll(outputs, tags, *weights)
    assert loss == pytest.approx(expected, rel=1e-12)
    allowed = np.ones((K + 1, K), bool)
    allowed[[0, 2, K], 1] = False
    found = implementation.viterbi(model, outputs, ends, allowed)
    best = reference.viterbi(SPEC, named, outputs, ends, allowed)
    assert found.dtype == np.int32
    assert found.tolist() == best.tolist()


@pytest.mark.parametrize("package", PACKAGES)
def test_outputs_past_an_end_change_nothing(package):
    outputs, tags, ends, weights = case(CASES["ragged"])
    implementation, model, _ = built(package, weights)
    other = np.where((tags >= 0)[..., None], outputs, 50.0)
    allowed = np.ones((K + 1, K), bool)
    losses, paths = (
        [f(o) for o in (outputs, other)]
        for f in (
            lambda o: NLL[package](tags, o, model.crf),
            lambda o: implementation.viterbi(model, o, ends, allowed),
        )
    )
    assert losses[0] == losses[1]
    assert (paths[0] == paths[1]).all()


def test_a_model_without_a_crf_has_no_more_for_its_loss():
    plain = SimpleNamespace(spec=ModelSpec("tagger"), crf=None)
    for package in (pytorch_impl, keras_impl, jax_impl):
        assert package.losses.loss_weights(plain) == ()

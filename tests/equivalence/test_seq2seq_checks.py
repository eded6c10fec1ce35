"""Sequence to sequence: equal in every framework, and red where it is not.

The subset has every kind of attention and layers; the simple cell and two
layers from scratch are in `test_dropout.py`, and `compare.py verify` runs all
cases.
"""

from dataclasses import replace

import numpy as np
import pytest
from factories.implementations import PACKAGES, configured

from comparisons.equivalence import autoregressive
from comparisons.equivalence.autoregressive import autoregressive_checks
from comparisons.equivalence.cases import cases, seq2seq_case
from comparisons.equivalence.checks import full_checks
from comparisons.equivalence.measure import loaded
from shared.reference import decoding as reference_decoding
from shared.reference import model as reference_model
from shared.reference.model import in_float64
from shared.specs import ATTENTIONS, Batch

SMOOTH = ("rnn", "gru", "lstm")
"""Cells without a kink, over which a difference would reach."""

DEEP = seq2seq_case("lstm", "native", "bahdanau", 2, both=True)
CHECKED = (
    ("float64", DEEP),
    ("float64", seq2seq_case("gru", "scratch", "luong-general", 1, False)),
    ("float64", seq2seq_case("gru", "native", "luong-dot", 1, True, True)),
    ("float64", seq2seq_case("lstm", "scratch", "none", 1, False, True)),
    (
        "float64",
        replace(
            seq2seq_case("rnn", "scratch", "bahdanau", 1, False),
            layer_norm=True,
        ),
    ),
)


@pytest.mark.parametrize("package", PACKAGES)
@pytest.mark.parametrize(("precision", "case"), CHECKED, ids=str)
def test_every_check_passes(package, precision, case):
    implementation = configured(package, precision)
    found = full_checks(implementation, case, precision)
    assert [row for row in found if not row.holds] == []
    names = [row.case.rpartition(", ")[2] for row in found]
    assert names[-4:] == [
        "token NLL",
        "attention weights",
        "scheduled sampling",
        "decoded",
    ]


@pytest.mark.jax
@pytest.mark.parametrize("loop", ["pure", "scan"])
def test_other_loops_use_the_same_sample_masks_and_smoothing(loop):
    implementation = configured("jax_impl", "float64")
    case = seq2seq_case("rnn", "native", "luong-dot", 1, True, True)
    model, _ = loaded(implementation, case, "float64")
    found = autoregressive_checks(implementation, model, case, "float64", loop)
    assert [row for row in found if not row.holds] == []


DIFFERENTIATED = [
    (cell, attention, (row + column) % 2 == 0)
    for row, cell in enumerate(SMOOTH)
    for column, attention in enumerate(ATTENTIONS)
]
"""Every cell with every attention; half of them have two layers both ways,
the other half one layer one way and tied weights."""


@pytest.mark.parametrize(("cell", "attention", "both"), DIFFERENTIATED)
def test_gradients_agree_with_finite_differences(cell, attention, both):
    case = seq2seq_case(cell, "scratch", attention, 1 + both, both, not both)
    spec, batch = case.spec(), case.split()
    sampled = np.random.default_rng(5).random(batch.x.shape[:2]) < 0.5
    sampled[:, 0] = False
    weights, rng = in_float64(case.weights()), np.random.default_rng(0)

    def loss(changed):
        sampled_batch = Batch(*batch, sampled)
        return reference_model.training_step(
            spec, changed, sampled_batch, smoothing=0.1
        )[:2]

    _, gradients = loss(weights)
    assert gradients.keys() == weights.keys()
    for name, gradient in gradients.items():
        direction, size = rng.normal(size=gradient.shape), 1e-5
        ahead, behind = (
            loss(weights | {name: weights[name] + d * direction})[0]
            for d in (size, -size)
        )
        slope = np.sum(gradient * direction)
        # Rounding of a loss of about 2 leaves 1e-11 of a difference.
        scale = np.sqrt(np.sum(gradient**2)) + 1e-4
        assert abs((ahead - behind) / (2 * size) - slope) < 1e-6 * scale, name


def test_checked_targets_depend_on_their_sources():
    # A normalized step keeps its size whatever its source: with small gains
    # the decoded tokens are alike, and the other checks distinguish sources.
    checked = [
        case
        for case in cases()
        if case.model == "seq2seq" and not case.layer_norm
    ]
    alike = []
    for case in checked:
        (x, _, lengths), spec = case.split(), case.spec()
        loud = {
            n: autoregressive.WEIGHT_SCALE * w
            for n, w in case.weights().items()
        }
        for rule in autoregressive.DECODINGS:
            found = reference_decoding.decode(
                spec, loud, x[..., 0], lengths, rule
            )
            if len({tuple(row) for row in found}) == 1:
                alike.append((case.cell, case.attention))
    assert len(checked) == 30
    # Without attention a decoder may forget its source, with it none does but
    # these, whose states follow their candidates closely.
    forgetful = {pair for pair in alike if pair[1] != "none"}
    assert forgetful <= {("mgu", "luong-general"), ("minlstm", "luong-general")}


def test_padding_of_a_source_changes_nothing():
    case = DEEP
    spec, (x, _, lengths) = case.spec(), case.split()
    weights = case.weights()
    wider = np.pad(x, ((0, 0), (0, 3), (0, 0)))
    wider[:, x.shape[1] :, 0] = 3  # what is past an end is not read
    found = reference_model.forward(spec, weights, wider, lengths)
    expected = reference_model.forward(spec, weights, x, lengths)
    np.testing.assert_allclose(
        found[:, : x.shape[1]], expected, rtol=0, atol=1e-14
    )

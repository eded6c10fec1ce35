"""The gates: each implementation is the reference model.

The subset here has every cell with all layers that it has, and the
plainest and the fullest case of each; `compare.py verify` runs them all.
Models that write have files of their own.
"""

import json
from collections import Counter
from dataclasses import replace

import numpy as np
import pytest
from factories.implementations import PACKAGES, configured

from comparisons.equivalence.case import LIKE, Case
from comparisons.equivalence.case_data import BATCH, LENGTHS, STEPS
from comparisons.equivalence.cases import ATTENTIONS as CASE_ATTENTIONS
from comparisons.equivalence.cases import cases
from comparisons.equivalence.checks import full_checks, short_checks
from comparisons.equivalence.deviation import (
    WORST,
    deviation,
    identical,
    largest_deviation,
)
from comparisons.equivalence.limits import LIMITS
from comparisons.equivalence.measure import (
    Deviation,
    fitted,
    loaded,
    trajectory,
)
from shared.reference.losses import LOSSES
from shared.specs import (
    ATTENTIONS,
    AUTOREGRESSIVE,
    CELLS,
    IMPLS_OF,
    NORM_SPANS,
    POOLINGS,
    ModelSpec,
    TrainSpec,
)

PLAINEST, FULLEST = (1, False, False), (2, True, True)
FIRST = "forecaster"
"""The model with which every cell is checked from scratch."""
FULL = {"native": "classifier", "scratch": "tagger"}
"""Layers -> the model of their full case."""
SINGLE = {"native": "gru", "scratch": "lstm", "bptt": ""}
"""Layers -> the cell of further models, and of float32: the rest is the same
code, as all of `bptt` is but its layers."""


def chosen(precision):
    """Every cell in float64, one with each kind of layers in float32."""
    wanted = {
        "float64": (
            *(is_full, is_plain, freezes_the_mean),
            *(decodes_tags, is_normalized),
        ),
        "float32": (is_plainest,),
    }[precision]
    return [
        case
        for case in cases()
        if case.model not in AUTOREGRESSIVE
        if any(chooses(case) for chooses in wanted)
    ]


def shape(case):
    return case.num_layers, case.bidirectional, case.padded


def is_plainest(case):
    return (
        shape(case) == PLAINEST
        and case.model == FIRST
        and case.cell == SINGLE[case.impl]
        and not case.layer_norm
    )


def is_plain(case):
    """The plainest case: of each cell one model, of one cell each model.

    The native layers of every cell have a full case.
    """
    single = case.cell == SINGLE[case.impl]
    first = case.model == FIRST and case.impl != "native"
    other = case.model != FIRST and single
    return shape(case) == PLAINEST and (first or other)


def is_full(case):
    """Two layers both ways, of a tagger with all that it reads of a word."""
    single = case.impl == "native" or case.cell == SINGLE[case.impl]
    return (
        shape(case) == FULLEST
        and case.model == FULL.get(case.impl)
        and (case.model != "tagger" or (single and case.shapes))
        and not case.layer_norm
    )


def is_normalized(case):
    """Every cell that has it, one of them over two layers both ways."""
    return case.layer_norm and (
        case.model == FIRST or case.cell == SINGLE["scratch"]
    )


def freezes_the_mean(case):
    """Its state is frozen in the padding, so that the mean must mask it."""
    pooled = case.model == "classifier" and case.pooling == "mean"
    return (case.cell, case.impl, pooled) == ("gru", "scratch", True)


def decodes_tags(case):
    """Tags are exact in float64 alone, where no tagger is chosen otherwise."""
    own = (case.cell, case.impl, case.crf, case.shapes)
    return own == ("gru", "native", True, False)


@pytest.mark.parametrize("package", PACKAGES)
@pytest.mark.parametrize(
    ("precision", "case"),
    [(p, case) for p in ("float64", "float32") for case in chosen(p)],
    ids=str,
)
def test_every_check_passes(package, precision, case):
    implementation = configured(package, precision)
    failed = [
        g for g in full_checks(implementation, case, precision) if not g.holds
    ]
    assert not failed


PLAIN = Case("forecaster", "rnn", "values", "native", 1, False, False)
EMBEDDED = Case("classifier", "rnn", "embedding", "native", 1, False, True)
TRAININGS = {
    "adam": (
        PLAIN,
        TrainSpec(optimizer="adam", epsilon=1e-3, lr_schedule="cosine"),
    ),
    "adamw": (
        EMBEDDED,
        TrainSpec(optimizer="adamw", epsilon=1e-3, weight_decay=0.1),
    ),
    "exponential": (
        replace(PLAIN, num_layers=2, bidirectional=True),
        TrainSpec(
            optimizer="sgd",
            momentum=0.9,
            clip_value=0.03,
            lr_schedule="exponential",
            lr_decay=0.5,
            lr_decay_start=2,
        ),
    ),
}
"""What `test_trainings.py` pairs otherwise: schedules, clipping, layers.

Decay is seen on the unused row of an embedding, and buckets on padding."""


@pytest.mark.parametrize("package", PACKAGES)
@pytest.mark.parametrize("optimizer", TRAININGS)
def test_optimizers_agree_over_several_batches(package, optimizer):
    precision = "float64"
    implementation = configured(package, precision)
    case, training = TRAININGS[optimizer]
    model, weights = loaded(implementation, case, precision)
    fields = {"epochs": 4, "batch_size": BATCH, "learning_rate": 0.02}
    training, split = replace(training, **fields), case.split(3)
    fit = fitted(implementation, model, weights, split, training)
    measured = trajectory(case, weights, split, training, fit)
    assert measured <= LIMITS[precision]["trajectory"]


@pytest.mark.parametrize("package", PACKAGES)
def test_short_checks_pass_for_a_model_of_any_size(package):
    implementation = configured(package, "float32")
    spec = ModelSpec(
        "classifier", "rnn", "embedding", input_size=900, hidden_size=70
    )
    found = short_checks(implementation, spec, "float32")
    assert [one.check for one in found] == ["forward", "gradient", "trajectory"]
    assert all(row.holds for row in found), found


@pytest.mark.parametrize("package", PACKAGES)
def test_pooling_agrees_without_padding(package):
    """No task has such texts; the gates pool padded ones alone."""
    implementation = configured(package, "float64")
    case = Case(
        *("classifier", "rnn", "embedding", "native", 1, True, False),
        pooling="mean+max",
    )
    failed = [
        g for g in full_checks(implementation, case, "float64") if not g.holds
    ]
    assert not failed


def test_cases_are_the_full_product():
    found = list(cases())
    assert len(found) == len(set(map(str, found))) == 417
    for cell, impl in ((c, i) for c in CELLS for i in IMPLS_OF[c]):
        mine = [
            c
            for c in found
            if (c.cell, c.impl, c.layer_norm) == (cell, impl, False)
        ]
        models = [case.model for case in mine]
        assert Counter(models) == {
            "forecaster": 4 + (impl != "scratch"),
            "classifier": 5,
            "tagger": 5,
            "language_model": 4,
            "frame_model": 1,
            "sequence_forecaster": 1 + (impl == "scratch"),
            "seq2seq": 2,
            "autoencoder": 1,
            "speech_recognizer": 2,
            "video_model": 1,
        }
        assert {c.char_encoder for c in mine} == {False, True}
        pooled = {c.pooling for c in mine if c.model == "classifier"}
        assert pooled == set(POOLINGS)
    for cell in CELLS:
        mine = (c for c in found if c.cell == cell and not c.layer_norm)
        seen = {c.attention for c in mine}
        kinds = (
            a for i in IMPLS_OF[cell] for a in CASE_ATTENTIONS[LIKE.get(i, i)]
        )
        assert seen == {"", *kinds}
    assert {c.attention for c in found} == {"", *ATTENTIONS}
    normalized = Counter(c.cell for c in found if c.layer_norm)
    assert normalized == dict.fromkeys(NORM_SPANS, 4)
    padded = [case for case in found if case.padded]
    inputs = {case.input for case in padded}
    assert inputs == {"onehot", "embedding", "values"}
    assert {case.spec().loss for case in found} == set(LOSSES)
    assert {1, STEPS} < set(LENGTHS)
    for case in found:
        assert all(w.any() for w in case.weights().values())
        assert len(case.split().x) == BATCH


def test_nan_fails_every_check():
    one, nan = np.ones(2), np.array([1.0, np.nan])
    assert deviation(one, one) == 0.0
    assert deviation(nan, one) == deviation(one, nan) == WORST
    assert deviation(np.array([1.0, np.inf]), one) == WORST
    assert deviation(np.ones(3), one) == WORST
    assert largest_deviation({"a": one, "b": nan}, {"a": one, "b": one}) > 1
    assert largest_deviation({"a": one}, {"a": one, "b": one}) == WORST
    row = Deviation("any", "forward", deviation(nan, one), 1e-5)
    assert not row.holds
    assert json.loads(json.dumps(row._asdict(), allow_nan=False)) is not None


def test_weights_are_identical_only_in_type_and_value():
    weights = {"a": np.ones(2, np.float32)}
    assert identical(weights, {"a": np.ones(2, np.float32)})
    assert not identical(weights, {"a": np.ones(2, np.float64)})
    assert not identical(weights, {"a": np.ones(3, np.float32)})
    assert not identical(weights, {"b": np.ones(2, np.float32)})

"""The trainings that are checked see every constant and every seed."""

from dataclasses import replace
from functools import cache

import pytest
from factories.implementations import PACKAGES, configured

from comparisons.equivalence.cases import (
    case_like,
    case_of,
    language_case,
    own_sizes,
    training_cases,
)
from comparisons.equivalence.deviation import deviation, largest_deviation
from comparisons.equivalence.limits import LIMITS
from comparisons.equivalence.trainings import (
    BATCHES,
    CONSTANTS,
    EXACT,
    SAMPLED,
    SHORTENED,
    SMOOTHED,
    other_constants,
    own_training,
    summary,
    training_deviation,
)
from shared.reference import training as reference_training
from shared.specs import CELLS, IMPLS_OF, ModelSpec, TrainSpec

DEFAULTS = vars(TrainSpec())
FORECASTER, SEQ2SEQ = training_cases("gru", "native")
PLAIN = case_of("forecaster", "rnn", "values", "native", 1)
STATEFUL = language_case("gru", "native", "embedding", 1)
UNSEEN = {*SHORTENED, "word_dropout"}
"""What changes no update of these models, none of which reads words."""


def changed_fields(case):
    """Each training, and each of its fields that is not the default."""
    for training in other_constants(case):
        for name, value in vars(training).items():
            if name not in UNSEEN | {"optimizer"} and value != DEFAULTS[name]:
                yield pytest.param(
                    case, training, name, id=f"{training.optimizer} {name}"
                )


@cache
def trained(case, training):
    """Losses and final weights of the reference."""
    weights, split = case.weights(EXACT), case.split(BATCHES)
    return reference_training.train(case.spec(), weights, split, training)


def difference(case, training, other):
    """The deviation between two trainings of the reference."""
    losses, last = trained(case, training)
    others, end = trained(case, other)
    return max(*map(deviation, losses, others), largest_deviation(last, end))


@pytest.mark.parametrize(
    ("case", "training", "name"),
    [
        *changed_fields(FORECASTER),
        *(
            p
            for p in changed_fields(SEQ2SEQ)
            if p.values[2] in SAMPLED | SMOOTHED
        ),
        *(p for p in changed_fields(STATEFUL) if p.values[2] == "stateful"),
    ],
)
def test_a_default_in_place_of_a_constant_is_over_every_limit(
    case, training, name
):
    other = replace(training, **{name: DEFAULTS[name]})
    limit = LIMITS[EXACT]["training"]
    assert difference(case, training, other) > 10 * limit


def test_every_constant_is_away_from_its_default_in_some_training():
    trainings = [
        *other_constants(FORECASTER),
        *other_constants(SEQ2SEQ),
        *other_constants(STATEFUL),
    ]
    same = {
        name
        for name, default in DEFAULTS.items()
        if all(getattr(one, name) == default for one in trainings)
    }
    assert same <= UNSEEN


# With weights this small, the gradient of minGRU has a norm below 1.
@pytest.mark.parametrize("cell", sorted({*CELLS} - {"mingru"}))
def test_a_gradient_norm_of_1_is_clipped(cell):
    (case, _), clipped = training_cases(cell, IMPLS_OF[cell][0]), CONSTANTS[0]
    assert clipped.clip_norm == 1.0
    free = replace(clipped, clip_norm=0.0)
    assert difference(case, clipped, free) > 10 * LIMITS[EXACT]["training"]


@pytest.mark.parametrize("package", PACKAGES)
@pytest.mark.parametrize("training", CONSTANTS, ids=lambda t: t.optimizer)
def test_each_framework_keeps_to_the_reference(package, training):
    implementation = configured(package, EXACT)
    found = training_deviation(implementation, PLAIN, training)
    assert found.holds, found


SMOOTHED_CASES = {
    "classes": case_of("classifier", "gru", "embedding", "native", 1),
    "one logit": case_of(
        "classifier", "gru", "embedding", "native", 1, outputs=1
    ),
    "tags": case_of("tagger", "gru", "embedding", "native", 1),
    "characters": STATEFUL,
}


@pytest.mark.parametrize("package", PACKAGES)
@pytest.mark.parametrize("kind", SMOOTHED_CASES)
def test_labels_are_smoothed_as_in_the_reference(package, kind):
    case = SMOOTHED_CASES[kind]
    training = other_constants(case)[0]
    assert training.label_smoothing == 0.2
    implementation = configured(package, EXACT)
    found = training_deviation(implementation, case, training)
    assert found.holds, found
    sharp = replace(training, label_smoothing=0.0)
    assert difference(case, training, sharp) > 10 * LIMITS[EXACT]["training"]


@pytest.mark.parametrize("layer_norm", [False, True])
def test_a_normalized_model_is_checked_with_its_normalization(layer_norm):
    spec = ModelSpec("forecaster", "gru", impl="scratch", layer_norm=layer_norm)
    assert case_like(spec).spec().layer_norm == layer_norm


def test_a_small_model_is_checked_in_its_own_sizes():
    sine = ModelSpec("forecaster", "gru", hidden_size=32, dropout=0.5)
    own = case_like(sine, own_sizes(sine)).spec()
    assert own == replace(sine, dropout=0.0)
    assert own_sizes(replace(sine, hidden_size=512)) == ()


def test_a_run_is_checked_with_its_own_training():
    run = TrainSpec(
        epochs=100, batch_size=64, optimizer="adamw", weight_decay=0.1, seed=7
    )
    short = own_training(replace(run, patience=3))
    assert {n for n, v in vars(short).items() if v != getattr(run, n)} == {
        "epochs",
        "batch_size",
        "packing",
    }
    assert short.packing == "off"
    assert own_training(replace(run, packing="on")).packing == "on"
    assert summary(short) == "optimizer adamw, weight decay 0.1, seed 7"


@pytest.mark.parametrize("field", ["beta1", "seed", "weight_decay"])
def test_a_framework_that_ignores_a_constant_is_over_the_limit(field):
    implementation = configured("pytorch_impl", EXACT)

    class Ignoring:
        """The package with one field of the training left at its default."""

        def __getattr__(self, name):
            return getattr(implementation, name)

        def fit(self, model, split, spec, on_epoch_end):
            spec = replace(spec, **{field: DEFAULTS[field]})
            implementation.fit(model, split, spec, on_epoch_end)

    found = training_deviation(Ignoring(), PLAIN, CONSTANTS[3])
    assert not found.holds

"""Gaps, effects, norms, and shares of what diverges, from records."""

import math

import pytest
from factories.regularization import clip, dropout, trained

from comparisons.analysis.effects.intervals import estimate, wilson
from comparisons.studies.regularization.results import study_of
from comparisons.studies.regularization.statements import sentences
from comparisons.studies.regularization.trials import trials_of
from shared.errors import UserError


def rows_of(records):
    return {row.name: row for row in study_of(records, None).rows}


def seeds(setting, *tests, **given):
    return [
        trained(setting, seed, test=test, **given)
        for seed, test in enumerate(tests)
    ]


def test_a_gap_is_positive_where_training_sequences_score_better():
    none = rows_of(seeds((), 0.7, 0.6, train=0.9))["none"]
    assert none.gap.mean == pytest.approx(0.25)
    assert (none.train.mean, none.test.mean) == (0.9, pytest.approx(0.65))
    # Two seeds: the half is t(1, 97.5 %) = 12.706 standard errors of 0.05.
    assert none.gap.half == pytest.approx(12.706 * 0.05, rel=1e-4)
    nats = {"task": "charlm", "metric": "nats", "train": 1.0}
    assert rows_of(seeds((), 1.5, **nats))["none"].gap.mean == 0.5


def test_an_effect_is_that_on_the_test_score_against_no_technique():
    records = [
        *seeds((), 0.6, 0.62, 0.58),
        *seeds(dropout(0.2), 0.7, 0.73, 0.69),
    ]
    rows = rows_of(records)
    effect = rows["dropout 0.2"].effect
    assert effect.difference == pytest.approx(0.32 / 3)
    assert effect.settled
    assert rows["none"].effect is None
    nats = {"task": "charlm", "metric": "nats"}
    records = [
        *seeds((), 1.5, 1.6, **nats),
        *seeds(clip(1.0), 1.4, 1.4, **nats),
    ]
    assert rows_of(records)["clip norm 1"].effect.difference > 0


def test_the_tests_of_all_settings_are_one_family():
    none = seeds((), 0.6, 0.62, 0.58)
    one = seeds(dropout(0.2), 0.64, 0.68, 0.6)
    other = seeds(clip(1.0), 0.6, 0.65, 0.55)
    alone = rows_of([*none, *one])["dropout 0.2"].effect.p
    both = rows_of([*none, *one, *other])["dropout 0.2"].effect.p
    assert both == pytest.approx(2 * alone)


def test_norms_are_of_trained_weights_and_the_largest_may_be_infinite():
    records = [
        trained((), 0, losses=[2, 1, 1, 1], norms=[9.0, 1.0, 3.0, 2.0]),
        trained((), 1, losses=[2, 1], norms=[9.0, 4.0]),
    ]
    none = rows_of(records)["none"]
    assert (none.norm.mean, none.largest) == (3.0, 4.0)
    records[1] = trained((), 1, losses=[2, 1, 1], norms=[1.0, 4.0, None])
    assert rows_of(records)["none"].largest == math.inf


def test_what_diverges_is_counted_and_what_did_not_end_is_not():
    records = [
        trained((), 0),
        trained((), 1, losses=[2.0, 3.0, 2.1]),
        trained((), 2, losses=[2.0, 3.0, 1.9]),
        trained((), 3, losses=[2.0, None]),
        trained((), 4, status="diverged", epochs=1),
        trained((), 5, status="timeout", epochs=0),
    ]
    study = study_of(records, None)
    (none,) = study.rows
    assert (none.diverged, none.runs) == (3, 5)
    assert none.test.seeds == 2  # of those that do not diverge
    assert none.largest == math.inf
    assert study.faults == ["JAX GRU seed 5, none: timeout"]


def test_a_score_of_a_run_that_diverges_is_in_no_mean_and_no_effect():
    records = [
        *seeds((), 0.6, 0.62, 0.58),
        trained((), 3, test=0.0, losses=[2.0, 3.0]),
        *seeds(dropout(0.2), 0.7, 0.7, 0.7, 0.7, validation=0.9),
    ]
    rows = rows_of(records)
    assert rows["none"].test.mean == pytest.approx(0.6)
    assert rows["dropout 0.2"].effect.difference == pytest.approx(0.1)
    assert rows["dropout 0.2"].effect.seeds == 3
    records[:3] = []
    study = study_of(records, None)
    assert sentences(study)[1] == (
        "GRU, best on validation: dropout 0.2 reaches 70.0 % accuracy; no "
        "regularization leaves no run to compare with."
    )
    assert study.shared["jax", "gru"].keys() == {dropout(0.2)}


def test_the_share_that_diverges_is_said_first_with_its_interval():
    records = [
        *(trained((), s, status="diverged", epochs=1) for s in range(9)),
        *(trained(clip(1.0), s) for s in range(9)),
    ]
    first = sentences(study_of(records, None))[0]
    assert first == (
        "Runs that diverge: no regularization 9 of 9 (100 %, 95 % CI 70 to "
        "100 %); clip norm 0 of 9 (0 %, 95 % CI 0 to 30 %)."
    )


def test_the_interval_of_a_share_is_that_of_wilson():
    # Newcombe (1998), Table I: 81 of 263 and 0 of 20.
    assert wilson(81, 263) == pytest.approx((0.2553, 0.3662), abs=5e-5)
    assert wilson(0, 20) == pytest.approx((0.0, 0.1611), abs=5e-5)
    assert all(map(math.isnan, wilson(0, 0)))


def test_one_seed_has_no_interval():
    assert math.isnan(estimate([0.5]).low)
    assert math.isnan(estimate([]).mean)


EARLY = (("early-stopping", 1),)


def test_budgets_that_are_not_equal_are_refused():
    fields = {"train": {"epochs": 3}}
    with pytest.raises(UserError, match="2 studies with different"):
        trials_of([trained(), trained(dropout(0.2), fields=fields)])
    for more in ({"steps_per_epoch": 11}, {"batches": "of another order"}):
        with pytest.raises(UserError, match="same epochs on the same batches"):
            trials_of([trained(), trained(dropout(0.2), **more)])
    # Early stopping takes fewer batches of the same budget.
    stopped = trained(EARLY, epochs=2, batches="the first of them")
    assert len(trials_of([trained(), stopped])) == 2


def test_runs_of_other_commands_are_left_out():
    (one,) = trials_of([trained(), trained(dropout(0.2), fit=None)])
    assert one.setting == ()
    with pytest.raises(UserError, match="no run of a study"):
        trials_of([trained(fit=None)])


def test_the_answer_names_the_technique_chosen_on_validation():
    records = [
        *seeds((), 0.6, 0.62, 0.58),
        *seeds(dropout(0.2), 0.7, 0.73, 0.69, validation=0.8),
        *seeds(clip(1.0), 0.9, 0.91, 0.92, validation=0.5),
    ]
    first, *others = sentences(study_of(records, None))
    assert first.startswith(
        "GRU, best on validation: dropout 0.2 reaches 70.7 % accuracy, 10.7 "
        "points more than no regularization (95 % CI "
    )
    assert "gap from training to test sequences is 19.3 points" in first
    assert any("which does not mean" in t for t in others) or all(
        row.effect is None or row.effect.settled
        for row in study_of(records, None).rows
    )


def test_what_does_not_apply_is_named_with_its_reason():
    records = [trained((), task="sine", metric="rmse")]
    last = sentences(study_of(records, None))[-1]
    assert last == (
        "Label smoothing does not apply (label_smoothing is not defined for a "
        "forecaster)."
    )

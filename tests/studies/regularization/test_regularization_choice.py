"""Strengths are chosen on validation alone, in the score's own direction."""

import math

import pytest
from factories.regularization import clip, dropout, trained
from factories.specs import run_spec

from comparisons.studies.regularization.choice import (
    best_pair,
    grid_seeds,
    headline,
    ranked,
)
from comparisons.studies.regularization.results import study_of
from comparisons.studies.regularization.techniques import bare
from comparisons.studies.regularization.trials import trials_of

DECAY = (("weight-decay", 0.1),)
BOTH_CLIPS = ("clip-norm", "clip-value")


def choices(records, better="higher"):
    return ranked(trials_of([trained(), *records]), better)


def test_the_strength_has_the_best_validation_score_whatever_the_test_score():
    records = [
        trained(dropout(0.2), validation=0.70, test=0.95),
        trained(dropout(0.4), validation=0.80, test=0.10),
        trained(dropout(0.6), validation=0.75, test=0.99),
    ]
    (one,) = choices(records)
    assert (one.name, one.strength, one.tried) == ("dropout", 0.4, 3)
    assert one.validation == 0.80


def test_a_lower_loss_is_better_where_the_task_says_so():
    nats = {"task": "charlm", "metric": "nats"}
    records = [
        trained(dropout(s) if s else (), validation=v, **nats)
        for s, v in ((0, 1.4), (0.2, 1.7), (0.4, 1.5), (0.6, 1.6))
    ]
    (one,) = study_of(records, None).choices["gru"]
    assert one.strength == 0.4


def test_of_equal_strengths_the_least_is_chosen_whichever_ended_first():
    records = [trained(dropout(s), validation=0.7) for s in (0.4, 0.6, 0.2)]
    for rotated in (records, records[1:] + records[:1]):
        (one,) = choices(rotated)
        assert one.strength == 0.2


def test_techniques_are_ranked_by_their_validation_scores():
    records = [
        trained(clip(1.0), validation=0.6, test=0.9),
        trained(dropout(0.2), validation=0.8, test=0.2),
        trained(DECAY, validation=0.7, test=0.3),
    ]
    names = [one.name for one in choices(records)]
    assert names == ["dropout", "weight-decay", "clip-norm"]
    assert choices(records)[:2] != choices(records, "lower")[:2]
    assert headline(choices(records)) == [(), dropout(0.2), DECAY]


def test_seeds_that_only_the_chosen_strength_has_do_not_count():
    records = [
        trained(dropout(0.2), validation=0.70),
        trained(dropout(0.4), validation=0.71),
        *(trained(dropout(0.4), s, validation=0.1) for s in (1, 2)),
    ]
    assert grid_seeds(trials_of([trained(), *records])) == {0}
    (one,) = choices(records)
    assert (one.strength, one.validation) == (0.4, 0.71)


def test_the_mean_over_the_seeds_of_the_grid_decides():
    scores = {0.2: (0.6, 0.7), 0.4: (0.9, 0.3)}
    records = [
        trained(dropout(strength), seed, validation=value)
        for strength, values in scores.items()
        for seed, value in enumerate(values)
    ]
    (one,) = choices(records)
    assert one.strength == 0.2
    assert one.validation == pytest.approx(0.65)


def test_a_strength_that_diverges_comes_last():
    records = [
        trained(clip(0.25), validation=0.2),
        trained(clip(1.0), validation=0.9, losses=[2.0, 2.5]),
        trained(clip(5.0), status="diverged", epochs=1),
        trained(dropout(0.2), validation=0.9, losses=[2.0, None]),
    ]
    first, second = choices(records)
    assert (first.name, first.strength) == ("clip-norm", 0.25)
    assert second.name == "dropout"
    assert math.isnan(second.validation)


def test_two_that_exclude_each_other_are_not_combined():
    run = bare(run_spec("echo", "jax", "gru"))
    records = [
        trained((("clip-value", 0.1),), validation=0.9),
        trained(clip(1.0), validation=0.8),
        trained(dropout(0.2), validation=0.7),
    ]
    found = choices(records)
    assert [one.name for one in found[:2]] == ["clip-value", "clip-norm"]
    # The best with the third, in the order of the table.
    assert best_pair(run, found) == (*dropout(0.2), ("clip-value", 0.1))
    assert best_pair(run, found[:2]) is None

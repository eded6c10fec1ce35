"""Each technique changes its own field of the same training, nothing else."""

import pytest
from factories.specs import run_spec

from comparisons.arguments.flags import study as flags
from comparisons.studies.regularization.stages import grid_settings
from comparisons.studies.regularization.techniques import (
    TECHNIQUES,
    applied,
    bare,
    named,
    refusals,
    setting_of,
)

BARE = bare(run_spec("sentiment", "jax", "gru"))
ALLOWED = {"layer-norm", "recurrent-dropout"}, {"weight-decay"}


def differing(run, other):
    return {
        name
        for record in ("model", "train")
        for name, value in vars(getattr(run, record)).items()
        if value != getattr(getattr(other, record), name)
    }


def test_the_flag_offers_every_technique():
    assert tuple(TECHNIQUES) == flags.TECHNIQUES


def test_without_any_technique_nothing_of_the_task_is_left():
    given = run_spec("sentiment", "jax", "gru")
    assert setting_of(vars(given.model), vars(given.train)) != ()
    assert setting_of(vars(BARE.model), vars(BARE.train)) == ()
    assert differing(BARE, given) == {
        *("dropout", "input_dropout", "clip_norm", "patience")
    }


@pytest.mark.parametrize("name", TECHNIQUES)
def test_a_technique_changes_its_field_and_what_it_needs(name):
    technique = TECHNIQUES[name]
    task = "translate" if name == "label-smoothing" else "sine"
    if name == "input-dropout":
        task = "sentiment"
    run = bare(run_spec(task, "jax", "gru"))
    needed = {f for fields in technique.needs.values() for f in fields}
    for strength in technique.strengths:
        setting = ((name, strength),)
        found = applied(run, setting)
        assert differing(found, run) == {technique.field, *needed}
        assert setting_of(vars(found.model), vars(found.train)) == setting
        assert found.train.epochs == run.train.epochs
    assert len(technique.strengths) == (1 if name == "layer-norm" else 3)


def test_what_does_not_apply_is_left_out_with_its_reason():
    fields = {"model": {"impl": "scratch"}, "train": {"optimizer": "sgd"}}
    sgd = run_spec("sine", "jax", "mgu", **fields)
    found = refusals(bare(sgd), list(TECHNIQUES))
    assert list(found) == [
        *("input-dropout", "weight-decay", "layer-norm", "label-smoothing")
    ]
    assert found["label-smoothing"] == (
        "label_smoothing is not defined for a forecaster"
    )
    assert "trains with sgd" in found["weight-decay"]
    assert "cell 'mgu'" in found["layer-norm"]
    settings = grid_settings(bare(sgd), ["dropout", "layer-norm"])
    assert [*map(named, settings)] == [
        *("none", "dropout 0.2", "dropout 0.4", "dropout 0.6")
    ]


def test_settings_are_named_with_their_strengths():
    assert named((("dropout", 0.4), ("layer-norm", True))) == (
        "dropout 0.4 + layer norm"
    )

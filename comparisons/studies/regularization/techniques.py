"""The techniques, their strengths, and the settings that they make."""

import dataclasses
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, NamedTuple

from shared.errors import SpecError
from shared.specs import ModelSpec, RunSpec, TrainSpec

RECORDS: dict[str, Any] = {"model": ModelSpec, "train": TrainSpec}
SCRATCH = {"model": {"impl": "scratch"}}


class Technique(NamedTuple):
    """One way to regularize, or to bound what a step changes.

    record, field: what its strength is written to, and `off` there is none of
    it; needs: record -> fields that it cannot do without.
    """

    name: str
    record: str
    field: str
    strengths: tuple[Any, ...]
    off: Any = 0.0
    needs: Mapping[str, Mapping[str, Any]] = {}

    @property
    def words(self) -> str:
        return self.name.replace("-", " ")


TECHNIQUES = {
    technique.name: technique
    for technique in (
        Technique("dropout", "model", "dropout", (0.2, 0.4, 0.6)),
        Technique("input-dropout", "model", "input_dropout", (0.2, 0.4, 0.6)),
        Technique(
            *("recurrent-dropout", "model", "recurrent_dropout"),
            (0.1, 0.25, 0.5),
            needs=SCRATCH,
        ),
        Technique(
            *("weight-decay", "train", "weight_decay"),
            (0.01, 0.1, 1.0),
            needs={"train": {"optimizer": "adamw"}},
        ),
        Technique(
            *("layer-norm", "model", "layer_norm"),
            (True,),
            off=False,
            needs=SCRATCH,
        ),
        Technique(
            "label-smoothing", "train", "label_smoothing", (0.05, 0.1, 0.2)
        ),
        Technique("clip-norm", "train", "clip_norm", (0.25, 1.0, 5.0)),
        Technique("clip-value", "train", "clip_value", (0.01, 0.1, 1.0)),
        Technique("early-stopping", "train", "patience", (1, 2, 3), off=0),
    )
}
"""Name on the command line -> the technique; layer norm is on or off."""

ALSO_OFF = {"train": {"word_dropout": 0.0}}
"""What regularizes too, and is in no setting."""

Setting = tuple[tuple[str, Any], ...]
"""Techniques in the order of the table, each with its strength."""

NONE: Setting = ()


def bare(run: RunSpec) -> RunSpec:
    """The run without any of the techniques, clipping included."""
    fields: dict[str, dict[str, Any]] = {"model": {}, **ALSO_OFF}
    for one in TECHNIQUES.values():
        fields[one.record] = {**fields[one.record], one.field: one.off}
    return changed(run, fields)


def changed(run: RunSpec, fields: Mapping[str, Mapping[str, Any]]) -> RunSpec:
    """The run with some fields of its model and training."""
    records = {n: replace(getattr(run, n), **f) for n, f in fields.items()}
    return replace(run, **records)


def applied(run: RunSpec, setting: Setting) -> RunSpec:
    """A bare run with a setting; SpecError where it is not defined."""
    fields: dict[str, dict[str, Any]] = {"model": {}, "train": {}}
    for name, strength in setting:
        technique = TECHNIQUES[name]
        check_model(technique, run.model.model)
        check_optimizer(technique, run.train.optimizer)
        for record, needed in technique.needs.items():
            fields[record] |= needed
        fields[technique.record][technique.field] = strength
    return changed(run, fields)


def check_model(technique: Technique, model: str) -> None:
    record = RECORDS[technique.record]
    (field,) = (
        f for f in dataclasses.fields(record) if f.name == technique.field
    )
    models = field.metadata.get("models")
    if models and model not in models:
        raise SpecError(
            f"{technique.field} is not defined for a {model.replace('_', ' ')}"
        )


def check_optimizer(technique: Technique, optimizer: str) -> None:
    needed = technique.needs.get("train", {}).get("optimizer", optimizer)
    if optimizer not in ("adam", needed):
        raise SpecError(
            f"{technique.field} needs optimizer {needed}, and the task trains "
            f"with {optimizer}"
        )


def refusals(run: RunSpec, names: list[str]) -> dict[str, str]:
    """Technique -> why a bare run cannot have it, of those that it cannot."""
    found = {}
    for name in names:
        try:
            applied(run, ((name, TECHNIQUES[name].strengths[0]),))
        except SpecError as error:
            found[name] = str(error)
    return found


def setting_of(model: Mapping[str, Any], train: Mapping[str, Any]) -> Setting:
    """The setting of the fields of a recorded run."""
    fields = {"model": model, "train": train}
    return tuple(
        (name, value)
        for name, one in TECHNIQUES.items()
        if (value := fields[one.record].get(one.field, one.off)) != one.off
    )


def named(setting: Setting) -> str:
    """dropout 0.4 + clip norm 1; none."""
    parts = []
    for name, strength in setting:
        words = TECHNIQUES[name].words
        parts.append(words if strength is True else f"{words} {strength:g}")
    return " + ".join(parts) or "none"

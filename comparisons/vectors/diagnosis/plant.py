"""An error planted in the reference, to be recognized by its outputs."""

from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from comparisons.vectors.case import Arrays, Case
from comparisons.vectors.kinds import KINDS
from comparisons.vectors.reference.functions import Functions, functions_of
from comparisons.vectors.reference.portable import plain, portable
from comparisons.vectors.reference.run import FAMILIES, recurrent_outputs
from shared.specs import Array

Change = Callable[[Case], Case]
ArrayChange = Callable[[str, Array], Array]


def unchanged(case: Case) -> Case:
    return case


def same_functions(case: Case, functions: Functions) -> Functions:
    return functions


def same_outputs(case: Case, outputs: Arrays) -> Arrays:
    return outputs


class Plant(NamedTuple):
    """One error.

    text: what it is, in the field's words; case: what the wrong program reads
    in place of the case; functions: what it computes in place of the
    reference's; outputs: what it makes of the outputs.
    """

    text: str
    case: Change = unchanged
    functions: Callable[[Case, Functions], Functions] = same_functions
    outputs: Callable[[Case, Arrays], Arrays] = same_outputs


def planted_outputs(plant: Plant, case: Case) -> Arrays:
    """The outputs of the reference with an error in it."""
    kind = KINDS[case.kind]
    changed = plant.case(case)
    functions = plant.functions(case, functions_of(kind))
    if kind.family == "recurrent":
        outputs, _ = recurrent_outputs(changed, functions)
        outputs["loss"] = case.loss(outputs, portable, np.sum)
    else:
        outputs, _ = FAMILIES[kind.family](changed, functions)
    found = {name: np.asarray(plain(a)) for name, a in outputs.items()}
    return plant.outputs(case, found)


def with_arrays(change: ArrayChange, *endings: str) -> Change:
    """A change of the arrays whose names end so."""

    def run(case: Case) -> Case:
        arrays = {
            name: change(name, a) if name.endswith(endings) else a
            for name, a in case.arrays.items()
        }
        return replace(case, arrays=arrays)

    return run

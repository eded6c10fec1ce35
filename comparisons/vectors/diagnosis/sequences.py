"""Errors in lengths, states, directions and layers."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np

from comparisons.vectors.case import Arrays, Case
from comparisons.vectors.diagnosis.directions import direction_plants
from comparisons.vectors.diagnosis.plant import Plant
from comparisons.vectors.kinds import KINDS


def sequence_plants(name: str) -> Iterator[Plant]:
    """Those of a recurrent kind."""
    yield Plant(
        "state taken at the padded end: lengths are ignored", without_lengths
    )
    yield Plant(
        "the last state of a sequence that ends early is 0", outputs=zero_ends
    )
    yield Plant("lengths one too long: a step of padding is read", longer(1))
    yield Plant("lengths one too short: the last step is not read", longer(-1))
    yield Plant("the initial state ignored", without_state)
    if KINDS[name].states == ("h", "c"):
        yield Plant("h and c of the initial state exchanged", exchanged_initial)
        yield Plant("h and c of the last state exchanged", outputs=exchanged)
    yield from direction_plants()


def without_lengths(case: Case) -> Case:
    return replace(case, lengths=None)


def longer(steps: int) -> Callable[[Case], Case]:
    """Lengths that are too long, or too short."""

    def run(case: Case) -> Case:
        if case.lengths is None:
            return case
        most = case.arrays["x"].shape[1]
        return replace(case, lengths=np.clip(case.lengths + steps, 1, most))

    return run


def zero_ends(case: Case, outputs: Arrays) -> Arrays:
    """States read at the last of T steps, where outputs are 0."""
    whole = np.all(case.mask, axis=1)[None, :, None]
    states = KINDS[case.kind].states
    return outputs | {name: outputs[name] * whole for name in states}


def without_state(case: Case) -> Case:
    arrays = {n: a for n, a in case.arrays.items() if n[:8] != "initial."}
    return replace(case, arrays=arrays)


def exchanged_initial(case: Case) -> Case:
    given = case.initial_state
    if not given:
        return case
    own = {"initial.h": given["c"], "initial.c": given["h"]}
    return replace(case, arrays=case.arrays | own)


def exchanged(case: Case, outputs: Arrays) -> Arrays:
    return outputs | {"h": outputs["c"], "c": outputs["h"]}

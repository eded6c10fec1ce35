"""What the numpy reference computes at each step of given sequences."""

from __future__ import annotations

import numpy as np

from shared.reference.layer import Tape
from shared.reference.model import forward_pass, in_float64
from shared.specs import GATE_NAMES, ModelSpec, Weights, step_names


def unroll(
    spec: ModelSpec,
    weights: Weights,
    x: np.ndarray,
    lengths: np.ndarray | None,
) -> dict[str, np.ndarray]:
    """Input, gates and states by name (B, T, H), outputs (B, K).

    Past the end of a sequence the input and the gates are 0, and the state does
    not change.
    """
    done = forward_pass(spec, in_float64(weights), x, lengths)
    first = next(iter(done.stack.tapes.values()))
    found = {"input": first.x * first.present}
    for prefix, tape in done.stack.tapes.items():
        for quantity, values in steps_of(spec.cell, tape).items():
            found[prefix + quantity] = values
    return found | {"outputs": done.outputs}


def steps_of(cell: str, tape: Tape) -> dict[str, np.ndarray]:
    """Gates and state of each step of one layer, in the order of time."""
    names = step_names(cell)
    gates = len(GATE_NAMES[cell])
    batch, steps, _ = tape.x.shape
    hidden = tape.states[0][0].shape[1]
    found = {name: np.zeros((batch, steps, hidden)) for name in names}
    for index, t in enumerate(tape.order):
        cache, after = tape.caches[index], tape.states[index + 1]
        values = (
            *(gate * tape.present[:, t] for gate in cache[:gates]),
            *after,
        )
        for name, value in zip(names, values, strict=True):
            found[name][:, t] = value
    return found

"""What the numpy reference computes at each step of given sequences."""

import numpy as np

from shared.reference.model import forward_pass, in_float64
from shared.specs import GATE_NAMES, Array, ModelSpec, Weights, step_names


def unroll(
    spec: ModelSpec, weights: Weights, x: Array, lengths: Array | None
) -> dict[str, Array]:
    """Input, gates and states by name (B, T, H), outputs (B, K).

    Past the end of a sequence the input and the gates are 0, and the state does
    not change.
    """
    done = forward_pass(spec, in_float64(weights), x, lengths)
    gates, tapes = len(GATE_NAMES[spec.cell]), done.stack.tapes
    first = next(iter(tapes.values()))
    found = {"input": first.x * first.present}
    for prefix, tape in tapes.items():
        names = [prefix + name for name in step_names(spec.cell)]
        shape = (*x.shape[:2], spec.hidden_size)
        found |= {name: np.zeros(shape) for name in names}
        for index, t in enumerate(tape.order):
            valid = tape.present[:, t]
            computed = [gate * valid for gate in tape.caches[index][:gates]]
            values = (*computed, *tape.states[index + 1])
            for name, value in zip(names, values, strict=True):
                found[name][:, t] = value
    return found | {"outputs": done.outputs}

"""Outputs and gradients of a case by the reference: what is right."""

from collections.abc import Callable
from typing import Any

import numpy as np

from comparisons.vectors.case import Arrays, Case
from comparisons.vectors.kinds import KINDS
from comparisons.vectors.reference.functions import (
    CTC,
    Functions,
    functions_of,
)
from comparisons.vectors.reference.portable import plain, portable
from shared.reference.attention import attend, attend_backward
from shared.specs import Array, Weights
from shared.specs.ctc import label_targets

Results = tuple[Arrays, Arrays]
"""Outputs, with the loss, and gradients, each by name."""


def run(case: Case) -> Results:
    """Outputs and gradients of a case, in float64."""
    kind = KINDS[case.kind]
    outputs, gradients = FAMILIES[kind.family](case, functions_of(kind))
    return (
        {name: np.asarray(plain(a)) for name, a in outputs.items()},
        {name: np.asarray(plain(gradients[name])) for name in case.arrays},
    )


def recurrent(case: Case, functions: Functions) -> Results:
    """Layers one upon the other, and back."""
    outputs, tapes = recurrent_outputs(case, functions)
    outputs["loss"] = case.loss(outputs, portable, np.sum)
    slopes = loss_gradients(case, outputs)
    return outputs, recurrent_gradients(case, functions, tapes, slopes)


def recurrent_outputs(
    case: Case, functions: Functions
) -> tuple[Arrays, list[Any]]:
    """Outputs (B, T, H'), 0 past the end, last states, and tapes."""
    kind, given = KINDS[case.kind], case.initial_state
    x, tapes, place = portable(case.arrays["x"]), [], 0
    for prefixes in case.prefixes:
        parts = []
        for prefix in prefixes:
            state = None
            if given:
                state = tuple(portable(given[s][place]) for s in kind.states)
            part, _, tape = functions.layer(
                *(kind.cell, layer_weights(case, prefix), x, case.lengths),
                *("reverse" in prefix, state),
            )
            parts.append(part)
            tapes.append(tape)
            place += 1
        x = portable(np.concatenate(parts, axis=2))  # (B, T, H')
    outputs = {"outputs": x * case.mask[:, :, None]}
    for index, name in enumerate(kind.states):
        last = [plain(tape.states[-1][index]) for tape in tapes]
        outputs[name] = portable(np.stack(last))  # (L·directions, B, H)
    return outputs, tapes


def layer_weights(case: Case, prefix: str) -> Weights:
    """Weights of the reference: the forget bias within b, b_h where missing."""
    kind = KINDS[case.kind]
    found = {n: portable(case.arrays[prefix + n]) for n in kind.names}
    hidden = case.hidden
    if kind.forget_bias:
        bias = found["b_ih"].copy()
        bias[hidden : 2 * hidden] += kind.forget_bias
        found["b_ih"] = bias
    if not kind.reset_after:
        found["b_hh"] = portable(np.zeros(3 * hidden))
    return found


def loss_gradients(case: Case, outputs: Arrays) -> Arrays:
    """Of the loss by the outputs: their error, divided as there."""
    found = {}
    for name, target in case.targets.items():
        error = outputs[name] - target
        if name == "outputs":
            valid = case.mask
            found[name] = error * valid[:, :, None] / max(1, valid.sum())
        else:
            found[name] = error / len(case.ends)
    return found


def recurrent_gradients(
    case: Case, functions: Functions, tapes: list[Any], slopes: Arrays
) -> Arrays:
    """From the outputs and the last states down to the inputs."""
    kind, found = KINDS[case.kind], {}
    initial: dict[str, list[Array]] = {name: [] for name in kind.states}
    d_outputs, place = slopes["outputs"], len(tapes)
    for prefixes in reversed(case.prefixes):
        d_parts = np.split(d_outputs, len(prefixes), axis=2)
        d_inputs: list[Array] = []
        for prefix, d_part in zip(prefixes[::-1], d_parts[::-1], strict=True):
            place -= 1
            done = functions.layer_backward(
                *(kind.cell, layer_weights(case, prefix), tapes[place]),
                portable(d_part),
                tuple(slopes[name][place] for name in kind.states),
            )
            d_inputs.insert(0, plain(done.x))
            named = {prefix + n: done.weights[n] for n in kind.names}
            found.update(named)
            for name, d in zip(kind.states, done.initial_state, strict=True):
                initial[name].insert(0, plain(d))
        d_outputs = portable(np.add.reduce(d_inputs, axis=0))
    found["x"] = d_outputs
    for name, parts in initial.items():
        found[f"initial.{name}"] = np.stack(parts)
    return found


def attention(case: Case, functions: Functions) -> Results:
    """Context (B, H) and weights (B, T) of one query."""
    kind = KINDS[case.kind]
    arrays = {name: portable(a) for name, a in case.arrays.items()}
    done = attend(kind.score, arrays["query"], arrays["x"], case.mask, arrays)
    outputs = {"context": done.context, "weights": done.weights}
    outputs["loss"] = case.loss(outputs, portable, np.sum)
    slope = portable(loss_gradients(case, outputs)["context"])
    d_query, d_memory, weights = attend_backward(
        kind.score, slope, done, arrays
    )
    return outputs, {"query": d_query, "x": d_memory, **weights}


def ctc(case: Case, functions: Functions) -> Results:
    """-log p(labels) of each sequence (B,), and their mean."""
    assert case.labels is not None
    sequences = [row[row >= 0] for row in case.labels]
    x, parts, slopes = portable(case.arrays["x"]), [], []
    for row, own in enumerate(sequences):
        target = label_targets([own], case.ends[row : row + 1])
        nll, slope = CTC(x[row : row + 1], target)
        parts.append(nll)
        slopes.append(plain(slope))
    nll = np.array(parts)
    gradient = np.concatenate(slopes) / len(nll)
    return {"nll": nll, "loss": nll.sum() / len(nll)}, {"x": gradient}


FAMILIES: dict[str, Callable[[Case, Functions], Results]] = {
    "recurrent": recurrent,
    "attention": attention,
    "ctc": ctc,
}
